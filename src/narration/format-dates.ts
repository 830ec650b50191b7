import { addDays, type CalendarDate, daysBetween, type Period, startOfWeek, weekdayOf } from '../domain/period.ts'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ')

const yearOf = (date: CalendarDate) => date.slice(0, 4)
const monthOf = (date: CalendarDate) => Number(date.slice(5, 7)) - 1
const dayOf = (date: CalendarDate) => Number(date.slice(8, 10))

/** "Mon 16 Nov"; with its year where that is not the reader's. */
export function formatDay(date: CalendarDate, today: CalendarDate): string {
  return `${WEEKDAYS[weekdayOf(date) - 1]} ${shortDate(date, today)}`
}

/** "16 Nov", for places that have no room for more. */
export function formatShortDay(date: CalendarDate): string {
  return shortDate(date, date)
}

function shortDate(date: CalendarDate, today: CalendarDate): string {
  const year = yearOf(date) === yearOf(today) ? '' : ` ${yearOf(date)}`
  return `${dayOf(date)} ${MONTHS[monthOf(date)]}${year}`
}

/** "9–15 Nov", "28 Oct–3 Nov 2024", "October", "Q3", "Tue 17 Nov". */
export function formatPeriod(period: Period, today: CalendarDate): string {
  const last = addDays(period.to, -1)
  if (last === period.from) return formatDay(last, today)
  if (isWholeMonth(period)) return monthName(period.from, today)
  if (isWholeYear(period)) return yearOf(period.from)
  if (yearOf(period.from) !== yearOf(last)) return `${shortDate(period.from, '')}–${shortDate(last, '')}`
  const from = monthOf(period.from) === monthOf(last) ? String(dayOf(period.from)) : shortDate(period.from, last)
  return `${from}–${shortDate(last, today)}`
}

/** As a sentence needs it: "last week (9–15 Nov)", "in October", "on Tue 17 Nov", "from 19 Oct to 18 Nov". */
export function sayPeriod(period: Period, today: CalendarDate): string {
  const plain = formatPeriod(period, today)
  const monday = startOfWeek(today)
  if (period.to === addDays(period.from, 1)) {
    if (period.from === today) return `today (${plain})`
    return period.to === today ? `yesterday (${plain})` : `on ${plain}`
  }
  if (period.from === addDays(monday, -7) && period.to === monday) return `last week (${plain})`
  if (period.from === monday && period.to === addDays(today, 1)) return `this week so far (${plain})`
  if (isWeek(period)) return `in the week of ${shortDate(period.from, today)}`
  if (isWholeMonth(period) || isWholeYear(period)) return `in ${plain}`
  return `from ${shortDate(period.from, today)} to ${shortDate(addDays(period.to, -1), today)}`
}

/** What a figure is set against: "the week before", "September", "the same days before (2–4 Nov)". */
export function sayComparison(comparison: Period, period: Period, today: CalendarDate): string {
  const plain = formatPeriod(comparison, today)
  const isAdjacent = comparison.to === period.from
  if (isWholeMonth(comparison) || isWholeYear(comparison)) return plain
  if (isAdjacent && isWeek(comparison) && isWeek(period)) return 'the week before'
  const [days, otherDays] = [daysBetween(period.from, period.to), daysBetween(comparison.from, comparison.to)]
  if (isWeek(comparison)) return `the week of ${shortDate(comparison.from, today)}`
  if (days === 1 && otherDays === 1) return plain
  return days === otherDays ? `as many days before (${plain})` : `the days of ${plain}`
}

export function isWeek(period: Period): boolean {
  return weekdayOf(period.from) === 1 && daysBetween(period.from, period.to) === 7
}

function isWholeMonth({ from, to }: Period): boolean {
  return from.endsWith('-01') && to.endsWith('-01') && daysBetween(from, to) <= 31 && daysBetween(from, to) >= 28
}

function isWholeYear({ from, to }: Period): boolean {
  return from.endsWith('-01-01') && to === `${Number(yearOf(from)) + 1}-01-01`
}

function monthName(date: CalendarDate, today: CalendarDate): string {
  const name = MONTH_NAMES[monthOf(date)]!
  return yearOf(date) === yearOf(today) ? name : `${name} ${yearOf(date)}`
}
