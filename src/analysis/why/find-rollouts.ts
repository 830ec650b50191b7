import type { ItemRow } from './item-row.ts'
import { MOVE_LIMIT, measureDriverMoves } from './measure-driver-moves.ts'
import type { CauseSearch, DriverFinding } from './search-causes.ts'
import type { Segment } from './segment.ts'

/** Part of the current items that a value must hold to be a rollout to everything: then there is no rest to compare with. */
const NEARLY_ALL = 0.9
/** Part of the history that it may hold: a rollout may have begun in the last weeks. */
const STILL_NEW = 0.2
/** Nothing but the time tells a rollout from whatever else happened then. */
const COINCIDENCE = 0.5

/**
 * A prompt version, model or the like that is new and in nearly all of this week's work, where a driver moved far beyond the
 * usual weeks: the new value is named, as the one thing that is known to differ. Its confidence says that it coincides only.
 */
export function findRollouts(search: CauseSearch): DriverFinding[] {
  const { rows, historyWeeks } = search
  const rollout = search.agentDimensions.flatMap((dimension) => rolledOut(rows, historyWeeks, dimension))[0]
  if (!rollout) return []
  const all = Int32Array.from(rows.keys())
  const n = rows.filter((row) => row.weekIndex === historyWeeks).length
  return measureDriverMoves(rows, historyWeeks).map(({ driver, z }) => ({
    driver,
    segment: rollout,
    direction: z > 0 ? 1 : -1,
    z: Math.abs(z),
    threshold: MOVE_LIMIT,
    confidence: COINCIDENCE,
    n,
    h: rows.length - n,
    rows: all,
  }))
}

/** The value of a dimension that nearly all current items have and few past ones had, if there is one. */
function rolledOut(rows: readonly ItemRow[], historyWeeks: number, dimension: string): Segment[] {
  const counts = new Map<string, { now: number; past: number }>()
  let now = 0
  for (const row of rows) {
    const isCurrent = row.weekIndex === historyWeeks
    if (isCurrent) now++
    const value = row.dimensions[dimension] ?? null
    if (value === null) continue
    const count = counts.get(value) ?? { now: 0, past: 0 }
    if (isCurrent) count.now++
    else count.past++
    counts.set(value, count)
  }
  const past = rows.length - now
  return [...counts].flatMap(([value, count]) =>
    count.now >= NEARLY_ALL * now && count.past <= STILL_NEW * past ? [{ [dimension]: value }] : [],
  )
}
