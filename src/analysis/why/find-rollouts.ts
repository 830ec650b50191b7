import { DRIVERS } from '../../domain/finding.ts'
import { measureItems } from './measure-items.ts'
import { type CauseSearch, type DriverFinding, firstSeenSegments } from './search-causes.ts'
import { isInSegment } from './segment.ts'
import { mean, standardDeviation } from './statistics.ts'

/** Part of the current items that a new value must hold to be a rollout to everything: then there is no rest to compare with. */
const NEARLY_ALL = 0.9
const MINIMUM_WEEKS = 4
/** In standard deviations of a week's mean; high, for the weeks that tell it are few. */
const LIMIT = 5

/**
 * A prompt version, model or the like that is new this week and in nearly all its work, where a driver moved far beyond the
 * usual weeks: the new value is named, as the one thing that is known to differ. Its confidence says that it coincides only.
 */
export function findRollouts(search: CauseSearch): DriverFinding[] {
  const { rows, historyWeeks } = search
  if (historyWeeks < MINIMUM_WEEKS) return []
  const current = rows.flatMap((row, index) => (row.weekIndex === historyWeeks ? [index] : []))
  const isNew = firstSeenSegments(rows, historyWeeks).filter((segment) =>
    Object.keys(segment).some((name) => search.agentDimensions.includes(name)),
  )
  const rollout = isNew.find((segment) => {
    const held = current.filter((index) => isInSegment(rows[index]!.dimensions, segment))
    return held.length >= NEARLY_ALL * current.length
  })
  if (!rollout) return []
  return DRIVERS.flatMap((driver): DriverFinding[] => {
    const measure = measureItems(driver, rows)
    if (measure === null) return []
    const weekValues = Array.from({ length: historyWeeks + 1 }, (): number[] => [])
    for (const [index, row] of rows.entries()) {
      if (!Number.isNaN(measure[index]!)) weekValues[row.weekIndex]!.push(measure[index]!)
    }
    const now = weekValues.pop()!
    if (now.length === 0 || weekValues.some((values) => values.length === 0)) return []
    const means = weekValues.map((values) => mean(values))
    const swing = Math.max(standardDeviation(means), standardDeviation(weekValues.flat()) / Math.sqrt(now.length))
    const z = swing === 0 ? 0 : (mean(now) - mean(means)) / (swing * Math.sqrt(1 + 1 / historyWeeks))
    if (Math.abs(z) <= LIMIT) return []
    const all = Int32Array.from(rows.keys())
    const direction = z > 0 ? 1 : -1
    const h = rows.length - current.length
    return [
      {
        driver,
        segment: rollout,
        direction,
        z: Math.abs(z),
        threshold: LIMIT,
        confidence: 0.5,
        n: now.length,
        h,
        rows: all,
      },
    ]
  })
}
