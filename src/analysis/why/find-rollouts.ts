import { MOVE_LIMIT, measureDriverMoves } from './measure-driver-moves.ts'
import type { CauseSearch, DriverFinding } from './search-causes.ts'
import type { Segment } from './segment.ts'
import { allRows, keepRows, type UsageTable } from './usage-table.ts'

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
  const { table, historyWeeks } = search
  const rollout = search.agentDimensions.flatMap((dimension) => rolledOut(table, historyWeeks, dimension))[0]
  if (!rollout) return []
  const rows = allRows(table)
  const n = keepRows(rows, (row) => table.week[row] === historyWeeks).length
  return measureDriverMoves(table, historyWeeks).map(({ driver, z }) => ({
    driver,
    segment: rollout,
    direction: z > 0 ? 1 : -1,
    z: Math.abs(z),
    threshold: MOVE_LIMIT,
    confidence: COINCIDENCE,
    n,
    h: rows.length - n,
    rows,
  }))
}

/** The value of a dimension that nearly all current items have and few past ones had, if there is one. */
function rolledOut({ dimensions, week }: UsageTable, historyWeeks: number, name: string): Segment[] {
  const dimension = dimensions.names.indexOf(name)
  if (dimension < 0) return []
  const [codes, values] = [dimensions.codes[dimension]!, dimensions.values[dimension]!]
  const [now, past] = [new Int32Array(values.length), new Int32Array(values.length)]
  for (let row = 0; row < codes.length; row++) (week[row] === historyWeeks ? now : past)[codes[row]!]!++
  const allNow = now.reduce((sum, count) => sum + count, 0)
  const allPast = codes.length - allNow
  return values.flatMap((value, code) =>
    value !== null && now[code]! >= NEARLY_ALL * allNow && past[code]! <= STILL_NEW * allPast
      ? [{ [name]: value }]
      : [],
  )
}
