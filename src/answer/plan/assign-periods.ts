import { addDays, type CalendarDate, daysBetween, type Period, startOfWeek } from '../../domain/period.ts'
import { startOfMonth } from './calendar-terms.ts'
import type { PeriodMention, PeriodUnit } from './period-mention.ts'
import { comparesWhole, recognisePeriods } from './recognise-periods.ts'
import { startOfUnit, unitAt } from './relative-periods.ts'

/** The period that a question is about, and the one that it names to compare with. */
export interface AssignedPeriods {
  period: PeriodMention | null
  comparison: Period | null
  /** Everything of the text that was read as time. */
  mentions: PeriodMention[]
}

const COMPARATOR =
  /\b(?:compared? (?:with|to|against)|comparing (?:with|to)|in comparison (?:with|to)|versus|vs|v|against|than|relative to|rather than|as opposed to|over|from|on)(?: (?:that|those|it|what it was|we did|it did|it was|they were|they did))?(?: (?:in|of|on|for|during|from))?(?: the)?$/

/** Reads the periods of a normalised question. `today` is the day of the question's "now". */
export function assignPeriods(text: string, today: CalendarDate): AssignedPeriods {
  const mentions = recognisePeriods(text, today)
  const [first, second] = mentions
  const none = { period: null, comparison: null, mentions }
  if (!first) return none
  if (!second) {
    if (first.yearsBefore || first.weeksBefore) return { ...none, comparison: null, period: null }
    return isComparison(text, first) && !isOpenRange(text, first)
      ? comparedOnly(first, mentions, today)
      : { period: first, comparison: null, mentions }
  }
  if (isComparison(text, second) || second.before || second.yearsBefore || second.weeksBefore) {
    return { period: first, comparison: comparisonPeriod(first, second), mentions }
  }
  if (isComparison(text, first) || first.before || first.yearsBefore || first.weeksBefore) {
    return { period: second, comparison: comparisonPeriod(second, first), mentions }
  }
  if (comparesWhole(text, first, second)) {
    const [earlier, later] = first.period.from <= second.period.from ? [first, second] : [second, first]
    return { period: later, comparison: earlier.period, mentions }
  }
  return { period: first, comparison: null, mentions }
}

function isComparison(text: string, mention: PeriodMention): boolean {
  const match = COMPARATOR.exec(text.slice(0, mention.start).trimEnd())
  // "from", "on" and "over" compare only after a verb of change ("up from September").
  if (!match) return false
  if (!/^(from|on|over)\b/.test(match[0])) return true
  if (mention.unit === 'day') return false
  return /\b(up|down|change\w*|r[io]se|grew|fell|dropped|increase|decrease)( \w+)?$/.test(
    text.slice(0, match.index).trimEnd(),
  )
}

function isOpenRange(text: string, mention: PeriodMention): boolean {
  return mention.unit === 'range' && /\b(since|from)( the)?$/.test(text.slice(0, mention.start).trimEnd())
}

/** "why is it higher than in September?" or "… than the week before?": the period is the unit that closed last. */
function comparedOnly(mention: PeriodMention, mentions: PeriodMention[], today: CalendarDate): AssignedPeriods {
  const unit =
    mention.before && mention.before !== 'range' ? mention.before : mention.unit === 'range' ? 'week' : mention.unit
  let period = unitAt(unit, today, -1)
  // "higher than last week" is about the week that runs now.
  if (!mention.before && period.from <= mention.period.from) {
    period = { from: startOfUnit(unit, today, 0), to: addDays(today, 1) }
  }
  const main: PeriodMention = { ...mention, period, unit, relative: true, before: undefined }
  return {
    period: main,
    comparison: mention.before ? periodBeforeBy(period, mention.before) : mention.period,
    mentions,
  }
}

function comparisonPeriod(main: PeriodMention, other: PeriodMention): Period {
  if (other.yearsBefore) return yearsEarlier(main.period, other.yearsBefore, main.unit)
  if (other.weeksBefore) return weeksEarlier(main.period, other.weeksBefore)
  if (other.before) return periodBeforeBy(main.period, other.before === 'range' ? main.unit : other.before)
  return other.period
}

/** The same weekdays, so many weeks back. */
export function weeksEarlier(period: Period, weeks: number): Period {
  return { from: addDays(period.from, -7 * weeks), to: addDays(period.to, -7 * weeks) }
}

/** The same days a year back; weeks keep their weekdays. */
function yearsEarlier(period: Period, years: number, unit: PeriodUnit): Period {
  if (unit === 'week') return { from: addDays(period.from, -364 * years), to: addDays(period.to, -364 * years) }
  const earlier = (date: string) => `${Number(date.slice(0, 4)) - years}${date.slice(4)}`.replace(/-02-29$/, '-03-01')
  return { from: earlier(period.from), to: earlier(period.to) }
}

function periodBeforeBy(period: Period, unit: PeriodUnit): Period {
  return defaultComparison(period, unit)
}

/**
 * What a period is compared with where nothing is said: the unit before it; for days and unfinished or odd stretches, the
 * days that far back with the same weekdays.
 */
export function defaultComparison(period: Period, unit: PeriodUnit): Period {
  const days = daysBetween(period.from, period.to)
  const isMonths = period.from.endsWith('-01') && period.to.endsWith('-01')
  if (isMonths && (unit === 'month' || unit === 'quarter' || unit === 'year' || unit === 'range')) {
    const months = monthsBetween(period)
    return { from: startOfMonth(period.from, -months), to: period.from }
  }
  if (unit === 'month' || unit === 'quarter' || unit === 'year') {
    const from = startOfUnit(unit, period.from, -1)
    const to = addDays(from, days)
    if (to > period.from) return { from, to: period.from }
    return { from, to }
  }
  const back = Math.ceil(days / 7) * 7
  return { from: addDays(period.from, -back), to: addDays(period.to, -back) }
}

function monthsBetween(period: Period): number {
  const [year, month] = period.from.split('-').map(Number) as [number, number]
  const [endYear, endMonth] = period.to.split('-').map(Number) as [number, number]
  return (endYear - year) * 12 + endMonth - month
}

/** Where a question about a change names no time: the last closed week. */
export function lastClosedWeek(today: CalendarDate): Period {
  const monday = startOfWeek(today)
  return { from: addDays(monday, -7), to: monday }
}

/** Where any other question names no time: the four closed weeks and the one that runs, up to and with today. */
export function recentWeeks(today: CalendarDate): Period {
  return { from: addDays(startOfWeek(today), -28), to: addDays(today, 1) }
}
