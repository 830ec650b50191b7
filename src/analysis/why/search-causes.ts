import { DRIVERS, type Driver } from '../../domain/finding.ts'
import { buildCandidates } from './candidates.ts'
import type { ItemRow } from './item-row.ts'
import { buildItemTable } from './item-table.ts'
import { type ItemFinding, localiseItems } from './localise-items.ts'
import { measureItems } from './measure-items.ts'
import { createRandom } from './seeded-random.ts'
import type { Segment } from './segment.ts'

export type DriverFinding = ItemFinding & { readonly driver: Driver }

export type CauseSearch = {
  /** Weeks 0 … historyWeeks − 1 are the closed history, historyWeeks the current one. */
  readonly rows: readonly ItemRow[]
  readonly historyWeeks: number
  readonly agentDimensions: readonly string[]
  /** Segments that change events near the date name. */
  readonly named: readonly Segment[]
  /** 1 where the cost rose: causes in that direction get most of the error budget. */
  readonly direction: 1 | -1
  readonly seed: number
}

/** Probability that a quiet week names anything, over all drivers, segments and both directions. */
const ERROR_BUDGET = 0.08
const FORWARD_SHARE = 0.7
/** Below this share of the evidence a segment is not told from others that overlap it. */
const MINIMUM_CONFIDENCE = 0.7
const MINIMUM_FIRST_SEEN = 8
const MOST_FIRST_SEEN = 8

/** Searches every driver's own measure for the segments in which it changed. */
export function searchCauses(search: CauseSearch): DriverFinding[] {
  const items = buildItemTable(
    search.rows.map((row) => ({ dimensions: row.dimensions, week: row.weekIndex })),
    search.historyWeeks,
    search.agentDimensions,
  )
  const set = buildCandidates(items, [...search.named, ...firstSeenSegments(search.rows, search.historyWeeks)])
  const budget = ERROR_BUDGET / DRIVERS.length
  const forward = budget * FORWARD_SHARE
  const alpha =
    search.direction === 1 ? { up: forward, down: budget - forward } : { up: budget - forward, down: forward }
  return DRIVERS.flatMap((driver, index) => {
    const measure = measureItems(driver, search.rows)
    const random = createRandom(search.seed * DRIVERS.length + index)
    const found = localiseItems({ items, set, measure, alpha, random, minimumConfidence: MINIMUM_CONFIDENCE })
    return found.map((finding) => ({ ...finding, driver }))
  })
}

/** Values that no week of the history has, by number of items. */
export function firstSeenSegments(rows: readonly ItemRow[], historyWeeks: number): Segment[] {
  const counts = new Map<string, { segment: Segment; now: number; past: number }>()
  for (const row of rows) {
    for (const [dimension, value] of Object.entries(row.dimensions)) {
      if (value === null) continue
      const key = JSON.stringify([dimension, value])
      const count = counts.get(key) ?? { segment: { [dimension]: value }, now: 0, past: 0 }
      if (row.weekIndex === historyWeeks) count.now++
      else count.past++
      counts.set(key, count)
    }
  }
  return [...counts.values()]
    .filter((count) => count.past === 0 && count.now >= MINIMUM_FIRST_SEEN)
    .sort((left, right) => right.now - left.now)
    .slice(0, MOST_FIRST_SEEN)
    .map((count) => count.segment)
}
