import { MOVE_LIMIT, measureDriverMoves } from './measure-driver-moves.ts'
import { type CauseSearch, type DriverFinding, firstSeenSegments } from './search-causes.ts'
import { isInSegment } from './segment.ts'

/** Part of the current items that a new value must hold to be a rollout to everything: then there is no rest to compare with. */
const NEARLY_ALL = 0.9
/** Nothing but the week tells a rollout from whatever else happened in it. */
const COINCIDENCE = 0.5

/**
 * A prompt version, model or the like that is new this week and in nearly all its work, where a driver moved far beyond the
 * usual weeks: the new value is named, as the one thing that is known to differ. Its confidence says that it coincides only.
 */
export function findRollouts(search: CauseSearch): DriverFinding[] {
  const { rows, historyWeeks } = search
  const current = rows.flatMap((row, index) => (row.weekIndex === historyWeeks ? [index] : []))
  const isNew = firstSeenSegments(rows, historyWeeks).filter((segment) =>
    Object.keys(segment).some((name) => search.agentDimensions.includes(name)),
  )
  const rollout = isNew.find((segment) => {
    const held = current.filter((index) => isInSegment(rows[index]!.dimensions, segment))
    return held.length >= NEARLY_ALL * current.length
  })
  if (!rollout) return []
  const all = Int32Array.from(rows.keys())
  const h = rows.length - current.length
  return measureDriverMoves(rows, historyWeeks).map(({ driver, z }) => ({
    driver,
    segment: rollout,
    direction: z > 0 ? 1 : -1,
    z: Math.abs(z),
    threshold: MOVE_LIMIT,
    confidence: COINCIDENCE,
    n: current.length,
    h,
    rows: all,
  }))
}
