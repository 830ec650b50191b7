import { DRIVERS, type Driver } from '../../domain/finding.ts'
import type { ItemRow } from './item-row.ts'
import { measureItems } from './measure-items.ts'
import { mean, standardDeviation } from './statistics.ts'

/** A driver whose own measure, over all items, lies far outside its usual weeks; z is positive where it rose. */
export type DriverMove = { readonly driver: Driver; readonly z: number }

const MINIMUM_WEEKS = 4
/** In standard deviations of a week's mean; high, for the weeks that tell it are few. */
export const MOVE_LIMIT = 5

/** Which drivers moved everywhere taken together. The number of items is not among them: it is in the total's own swing. */
export function measureDriverMoves(rows: readonly ItemRow[], historyWeeks: number): DriverMove[] {
  if (historyWeeks < MINIMUM_WEEKS) return []
  return DRIVERS.flatMap((driver): DriverMove[] => {
    const measure = measureItems(driver, rows)
    if (measure === null) return []
    const weekValues = Array.from({ length: historyWeeks + 1 }, (): number[] => [])
    for (const [index, row] of rows.entries()) {
      if (!Number.isNaN(measure[index]!)) weekValues[row.weekIndex]!.push(measure[index]!)
    }
    const now = weekValues.pop()!
    if (now.length === 0 || weekValues.some((values) => values.length === 0)) return []
    const means = weekValues.map((values) => mean(values))
    const sampling = standardDeviation(weekValues.flat()) / Math.sqrt(now.length)
    const swing = Math.max(standardDeviation(means), sampling) * Math.sqrt(1 + 1 / historyWeeks)
    const z = swing === 0 ? 0 : (mean(now) - mean(means)) / swing
    return Math.abs(z) > MOVE_LIMIT ? [{ driver, z }] : []
  })
}
