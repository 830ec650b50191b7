import { addDays, type CalendarDate, daysBetween, type Period } from '../../domain/period.ts'

/** A stretch of closed days that is compared as a whole. The last window is the one that is asked about. */
export interface Window {
  index: number
  period: Period
}

export interface Windows {
  /** In order of time; the last is the period asked about. */
  windows: Window[]
  /** Indices of the windows that dollars are compared with. */
  compared: number[]
}

const MOST_WINDOWS = 8
const MOST_DAYS_BACK = 120

/**
 * The windows of a comparison: the period, the one it is compared with, and further ones of the period's length before
 * them, from which the usual swing is learned. None begins before `firstDay`, the first day of which anything is known.
 */
export function comparisonWindows(period: Period, comparison: Period, firstDay: CalendarDate): Windows {
  const length = daysBetween(period.from, period.to)
  const most = Math.max(1, Math.min(MOST_WINDOWS, Math.floor(MOST_DAYS_BACK / length)))
  const past: Period[] = [comparison]
  let to = period.from
  while (past.length < most) {
    const earlier = { from: addDays(to, -length), to }
    if (earlier.from < firstDay) break
    if (!overlaps(earlier, comparison)) past.push(earlier)
    to = earlier.from
  }
  past.sort((a, b) => (a.from < b.from ? -1 : 1))
  const windows = [...past, period].map((one, index) => ({ index, period: one }))
  return { windows, compared: [past.indexOf(comparison)] }
}

/**
 * Only days that have ended count: a partial last day reads as a cliff. A period that still runs is cut at `today`, and the one
 * it is compared with to as many days. Null where no day of the period has ended.
 */
export function closedPart(
  period: Period,
  comparison: Period,
  today: CalendarDate,
): { period: Period; comparison: Period } | null {
  if (period.to <= today) return { period, comparison }
  if (period.from >= today) return null
  const length = daysBetween(period.from, today)
  const end = addDays(comparison.from, length)
  return {
    period: { from: period.from, to: today },
    comparison: { from: comparison.from, to: [end, comparison.to].sort()[0]! },
  }
}

function overlaps(a: Period, b: Period): boolean {
  return a.from < b.to && b.from < a.to
}
