import { addDays, type CalendarDate, dateIn, type Period, periodBefore, startOfWeek } from '../../domain/period.ts'

/** The last week (from Monday) that had ended before `asOf`: a partial week would read as a cliff. */
export function lastClosedWeek(asOf: Date, timeZone: string): Period {
  const monday = startOfWeek(dateIn(asOf, timeZone))
  return { from: addDays(monday, -7), to: monday }
}

/** What a period is compared with: whole calendar months with as many months before, anything else with as many days before. */
export function comparisonOf(period: Period): Period {
  if (!isFirstOfMonth(period.from) || !isFirstOfMonth(period.to)) return periodBefore(period)
  return { from: addMonths(period.from, monthsOf(period.from) - monthsOf(period.to)), to: period.from }
}

function isFirstOfMonth(date: CalendarDate): boolean {
  return date.endsWith('-01')
}

function monthsOf(date: CalendarDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
}

function addMonths(firstOfMonth: CalendarDate, months: number): CalendarDate {
  const total = monthsOf(firstOfMonth) + months
  return `${String(Math.floor(total / 12)).padStart(4, '0')}-${String((total % 12) + 1).padStart(2, '0')}-01`
}
