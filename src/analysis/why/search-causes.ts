import { DRIVERS, type Driver } from '../../domain/finding.ts'
import { buildCandidates } from './candidates.ts'
import type { ItemRow } from './item-row.ts'
import { buildItemTable } from './item-table.ts'
import { type ErrorShare, type ItemFinding, localiseItems } from './localise-items.ts'
import { measureItems } from './measure-items.ts'
import { createRandom } from './seeded-random.ts'
import { isInSegment, type Segment } from './segment.ts'

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

/**
 * Probability that a quiet week passes the thresholds, over all drivers and both directions: in any segment, and in one that was
 * named beforehand. Few that pass are named: they must be told from others, have moved by themselves and explain the dollars.
 */
const ERROR_BUDGET = { scan: 0.12, prior: 0.03 }
/** With fewer weeks the noise from week to week is known badly, and the budget is cut. */
const LONG_HISTORY = 5
const SHORT_HISTORY_CAUTION = 0.4
const FORWARD_SHARE = 0.7
/** Below this share of the evidence a segment is not told from others that overlap it. */
const MINIMUM_CONFIDENCE = 0.6
const MOST_ROWS = 30_000
const MINIMUM_FIRST_SEEN = 8
const MOST_FIRST_SEEN = 8

/**
 * Searches every driver's own measure for the segments in which it changed. Of more than some 30,000 items a random part is
 * searched: enough to tell any segment worth naming, in a second.
 */
export function searchCauses(search: CauseSearch): DriverFinding[] {
  if (search.rows.length <= MOST_ROWS) return searchRows(search)
  const random = createRandom(search.seed)
  const rows = search.rows.filter(() => random() < MOST_ROWS / search.rows.length)
  const isThere = (row: ItemRow, segment: Segment) => isInSegment(row.dimensions, segment)
  return searchRows({ ...search, rows }).map((finding) => {
    const all = search.rows.flatMap((row, index) => (isThere(row, finding.segment) ? [index] : []))
    const n = all.filter((index) => search.rows[index]!.weekIndex === search.historyWeeks).length
    return { ...finding, n, h: all.length - n, rows: Int32Array.from(all) }
  })
}

function searchRows(search: CauseSearch): DriverFinding[] {
  const items = buildItemTable(
    search.rows.map((row) => ({ dimensions: row.dimensions, week: row.weekIndex })),
    search.historyWeeks,
    search.agentDimensions,
  )
  const set = buildCandidates(items, [...search.named, ...firstSeenSegments(search.rows, search.historyWeeks)])
  const caution = search.historyWeeks < LONG_HISTORY ? SHORT_HISTORY_CAUTION : 1
  const shareOf = (part: number): ErrorShare => ({
    scan: (ERROR_BUDGET.scan * caution * part) / DRIVERS.length,
    prior: (ERROR_BUDGET.prior * caution * part) / DRIVERS.length,
  })
  const [forward, backward] = [shareOf(FORWARD_SHARE), shareOf(1 - FORWARD_SHARE)]
  const alpha = search.direction === 1 ? { up: forward, down: backward } : { up: backward, down: forward }
  return DRIVERS.flatMap((driver, index) => {
    const measure = measureItems(driver, search.rows)
    const random = createRandom(search.seed * DRIVERS.length + index)
    const found = localiseItems({ items, set, measure, alpha, random, minimumConfidence: MINIMUM_CONFIDENCE })
    return found.map((finding) => ({ ...finding, driver }))
  })
}

/** Values that no week of the history has, by number of items. */
export function firstSeenSegments(rows: readonly ItemRow[], historyWeeks: number): Segment[] {
  const counts = new Map<string, Map<string, number>>()
  for (const row of rows) {
    if (row.weekIndex !== historyWeeks) continue
    for (const [dimension, value] of Object.entries(row.dimensions)) {
      if (value === null) continue
      const byValue = counts.get(dimension) ?? new Map<string, number>()
      counts.set(dimension, byValue.set(value, (byValue.get(value) ?? 0) + 1))
    }
  }
  for (const row of rows) {
    if (row.weekIndex === historyWeeks) continue
    for (const [dimension, byValue] of counts) {
      byValue.delete(row.dimensions[dimension] ?? '')
      if (byValue.size === 0) counts.delete(dimension)
    }
  }
  return [...counts]
    .flatMap(([dimension, byValue]) =>
      [...byValue].map(([value, items]) => ({ segment: { [dimension]: value }, items })),
    )
    .filter(({ items }) => items >= MINIMUM_FIRST_SEEN)
    .sort((left, right) => right.items - left.items)
    .slice(0, MOST_FIRST_SEEN)
    .map(({ segment }) => segment)
}
