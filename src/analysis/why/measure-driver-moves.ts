import { DRIVERS, type Driver } from '../../domain/finding.ts'
import { scratch } from '../../domain/scratch.ts'
import { measureItems } from './measure-items.ts'
import { mean, standardDeviation } from './statistics.ts'
import { allRows, type UsageTable } from './usage-table.ts'
import type { NarrowNumbers } from './widening-column.ts'

/** A driver whose own measure, over all items, lies far outside its usual weeks; z is positive where it rose. */
export type DriverMove = { readonly driver: Driver; readonly z: number }

const MINIMUM_WEEKS = 4
/** In standard deviations of a week's mean; high, for the weeks that tell it are few. */
export const MOVE_LIMIT = 5

/** Which drivers moved everywhere taken together. The number of items is not among them: it is in the total's own swing. */
export function measureDriverMoves(table: UsageTable, historyWeeks: number): DriverMove[] {
  if (historyWeeks < MINIMUM_WEEKS) return []
  const rows = allRows(table)
  return DRIVERS.flatMap((driver): DriverMove[] => {
    const measure = measureItems(driver, table, rows)
    if (measure === null) return []
    const { values, ends } = sortByWeek(table.week, measure, historyWeeks + 1)
    const weekValues = ends.map((end, week) => values.subarray(ends[week - 1] ?? 0, end))
    if (weekValues.some((one) => one.length === 0)) return []
    const now = weekValues.pop()!
    const means = weekValues.map((one) => mean(one))
    const past = values.subarray(0, ends[historyWeeks - 1])
    const sampling = standardDeviation(past) / Math.sqrt(now.length)
    const swing = Math.max(standardDeviation(means), sampling) * Math.sqrt(1 + 1 / historyWeeks)
    const z = swing === 0 ? 0 : (mean(now) - mean(means)) / swing
    return Math.abs(z) > MOVE_LIMIT ? [{ driver, z }] : []
  })
}

/** The measured values, week after week, and where each week's end. */
function sortByWeek(week: NarrowNumbers, measure: Float64Array, weeks: number) {
  const ends = new Array<number>(weeks).fill(0)
  for (let row = 0; row < week.length; row++) if (!Number.isNaN(measure[row]!)) ends[week[row]!]!++
  for (let later = 1; later < weeks; later++) ends[later]! += ends[later - 1]!
  const values = scratch(Float64Array, ends[weeks - 1]!)
  const next = ends.map((_, later) => ends[later - 1] ?? 0)
  for (let row = 0; row < week.length; row++) {
    if (!Number.isNaN(measure[row]!)) values[next[week[row]!]!++] = measure[row]!
  }
  return { values, ends }
}
