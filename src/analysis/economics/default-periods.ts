import { addDays, type CalendarDate, dateIn, type Period, periodBefore, startOfWeek } from '../../domain/period.ts'
import type { AnalysisName } from '../../domain/plan.ts'

/** Questions about how well something works need more items than a week holds. */
const WEEKS_BY_DEFAULT: Partial<Record<AnalysisName, number>> = {
  routing: 8,
  what_mattered: 4,
  marginal_utility: 8,
  spread: 4,
  context: 4,
}

/** How many weeks an analysis looks at where the question names no period: one, for most. */
export function defaultWeeks(analysis: AnalysisName): number {
  return WEEKS_BY_DEFAULT[analysis] ?? 1
}

/** The last week (from Monday) that had ended before `asOf`: a partial week would read as a cliff. */
export function lastClosedWeek(asOf: Date, timeZone: string): Period {
  const monday = startOfWeek(dateIn(asOf, timeZone))
  return { from: addDays(monday, -7), to: monday }
}

/** The week that holds an instant, which may not have ended yet. */
export function weekOf(instant: Date, timeZone: string): Period {
  const monday = startOfWeek(dateIn(instant, timeZone))
  return { from: monday, to: addDays(monday, 7) }
}

/** That many weeks, ending with the given one. */
export function weeksUntil(week: Period, weeks: number): Period {
  return { from: addDays(week.to, -7 * weeks), to: week.to }
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
