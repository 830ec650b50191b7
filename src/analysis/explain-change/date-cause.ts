import type { Driver } from '../../domain/finding.ts'
import { addDays, type CalendarDate, type Period, weekdayOf } from '../../domain/period.ts'
import { measureItems } from '../why/measure-items.ts'
import type { Segment } from '../why/segment.ts'
import { segmentTest } from '../why/segment-test.ts'
import { rowsWhere } from '../why/usage-table.ts'
import type { SourcedTable } from './tabulate-items.ts'

/** The first day on the new level, and the days between which it lies with 95 %, both included. */
export interface CauseDate {
  date: CalendarDate
  from: CalendarDate
  to: CalendarDate
}

/** How far before the period a change that shows in it may have begun. */
const DAYS_BEFORE = 6
const LEAST_ITEMS_A_SIDE = 3
/** Half of chi-squared's 95 % at one degree of freedom: log-likelihood that dates may lose and still be plausible. */
const PLAUSIBLE = 1.92

/**
 * When a cause began: the day at which the driver's own measure of the segment's items is best cut in two (least squares, so
 * the likeliest under normal noise), with every day that is nearly as likely. Null where too few items tell.
 */
export function dateCause(
  table: SourcedTable,
  cause: { driver: Driver; segment: Segment },
  period: Period,
): CauseDate | null {
  const own = rowsWhere(table, segmentTest(table.dimensions, cause.segment))
  const isCounted = cause.driver === 'items'
  return dateStep(isCounted ? countsByDay(table, own, period) : measuresOf(table, own, cause.driver), period)
}

/** Where points in time are best cut in two, within a period or shortly before it. */
export function dateStep(points: readonly DatedValue[], period: Period): CauseDate | null {
  const days = sumDays(points)
  const whole = days.reduce(addSums, NO_SUMS)
  const candidates: { date: CalendarDate; loss: number }[] = []
  let before = NO_SUMS
  let next = 0
  for (let date = addDays(period.from, -DAYS_BEFORE); date < period.to; date = addDays(date, 1)) {
    for (; next < days.length && days[next]!.date < date; next++) before = addSums(before, days[next]!)
    const after = {
      count: whole.count - before.count,
      sum: whole.sum - before.sum,
      squares: whole.squares - before.squares,
    }
    if (Math.min(before.count, after.count) < LEAST_ITEMS_A_SIDE) continue
    candidates.push({ date, loss: spreadOf(before) + spreadOf(after) })
  }
  if (candidates.length === 0) return null
  const best = candidates.reduce((least, one) => (one.loss < least.loss ? one : least))
  const isPlausible = ({ loss }: { loss: number }) =>
    best.loss <= 0 ? loss <= 0 : (points.length / 2) * Math.log(loss / best.loss) <= PLAUSIBLE
  const plausible = candidates.filter(isPlausible)
  return { date: best.date, from: plausible[0]!.date, to: plausible.at(-1)!.date }
}

export interface DatedValue {
  date: CalendarDate
  value: number
}

function measuresOf(table: SourcedTable, rows: Int32Array, driver: Driver): DatedValue[] {
  const measure = measureItems(driver, table, rows)!
  const points: DatedValue[] = []
  for (let index = 0; index < rows.length; index++) {
    if (!Number.isNaN(measure[index]!)) points.push({ date: table.days[rows[index]!]!, value: measure[index]! })
  }
  return points
}

/** Items of each day over what its weekday usually has, on the square-root scale, where counts spread alike. */
function countsByDay(table: SourcedTable, rows: Int32Array, period: Period): DatedValue[] {
  const counts = new Map<CalendarDate, number>()
  let first = period.from
  for (const row of rows) {
    const day = table.days[row]!
    counts.set(day, (counts.get(day) ?? 0) + 1)
    if (day < first) first = day
  }
  const days: DatedValue[] = []
  for (let date = first; date < period.to; date = addDays(date, 1)) days.push({ date, value: counts.get(date) ?? 0 })
  const usual = new Map<number, number>()
  for (let weekday = 1; weekday <= 7; weekday++) {
    const past = days.filter((day) => day.date < period.from && weekdayOf(day.date) === weekday)
    usual.set(weekday, past.reduce((sum, day) => sum + day.value, 0) / Math.max(1, past.length))
  }
  return days.flatMap(({ date, value }) => {
    const level = usual.get(weekdayOf(date))!
    return level === 0 ? [] : [{ date, value: Math.sqrt(value) - Math.sqrt(level) }]
  })
}

interface Sums {
  count: number
  sum: number
  squares: number
}

const NO_SUMS: Sums = { count: 0, sum: 0, squares: 0 }

function addSums(one: Sums, other: Sums): Sums {
  return { count: one.count + other.count, sum: one.sum + other.sum, squares: one.squares + other.squares }
}

/** Sums of each day, in order of time, of the values less their mean: then no digits are lost in the squares. */
function sumDays(points: readonly DatedValue[]): (Sums & { date: CalendarDate })[] {
  const centre = points.reduce((sum, point) => sum + point.value, 0) / Math.max(1, points.length)
  const days = new Map<CalendarDate, Sums & { date: CalendarDate }>()
  for (const { date, value } of points) {
    let day = days.get(date)
    if (!day) {
      day = { date, ...NO_SUMS }
      days.set(date, day)
    }
    const off = value - centre
    day.count++
    day.sum += off
    day.squares += off * off
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** Sum of squares about the mean. */
function spreadOf({ count, sum, squares }: Sums): number {
  return Math.max(0, squares - (sum * sum) / count)
}
