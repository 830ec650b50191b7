import { DRIVERS, type Driver } from '../../domain/finding.ts'
import { scratch } from '../../domain/scratch.ts'
import { buildCandidates } from './candidates.ts'
import { firstSeenSegments } from './first-seen-segments.ts'
import { buildItemTable } from './item-table.ts'
import { type ErrorShare, type ItemFinding, localiseItems } from './localise-items.ts'
import { measureItems } from './measure-items.ts'
import { createRandom } from './seeded-random.ts'
import type { Segment } from './segment.ts'
import { segmentTest } from './segment-test.ts'
import { allRows, keepRows, rowsWhere, type UsageTable } from './usage-table.ts'

export type DriverFinding = ItemFinding & { readonly driver: Driver }

export type CauseSearch = {
  /** Weeks 0 … historyWeeks − 1 are the closed history, historyWeeks the current one. */
  readonly table: UsageTable
  readonly historyWeeks: number
  readonly agentDimensions: readonly string[]
  /** Segments that change events near the date name. */
  readonly named: readonly Segment[]
  /** 1 where the cost rose: causes in that direction get most of the error budget. */
  readonly direction: 1 | -1
  readonly seed: number
}

/** How sure a look at the drivers must be before it names a segment. */
export type Look = {
  /**
   * Probability that a quiet week passes a driver's thresholds, in both directions together: in any segment, and in one that was named
   * beforehand. Few that pass are named: they must be told from others, have moved by themselves and explain the dollars. The
   * test of corrections, which are few, passes less often than it may, so that it has more.
   */
  readonly budget: { readonly scan: number; readonly scanOfCorrections: number; readonly prior: number }
  /** How much more than its part the direction in which the cost went has of that. */
  readonly forwardFactor: number
  readonly leastThreshold: number
  /** Below this share of the evidence a segment is not told from others that overlap it. */
  readonly minimumConfidence: number
  /** Whether what sets the week apart from its usual ones must lie in a segment. */
  readonly mustHoldRise: boolean
}

/** A look at any week: that something happened at all has to show in the segment. */
export const LOOK_AT_ANY_WEEK: Look = {
  budget: { scan: 0.02, scanOfCorrections: 0.03, prior: 0.005 },
  forwardFactor: 1,
  leastThreshold: 3,
  minimumConfidence: 0.6,
  mustHoldRise: false,
}

/**
 * A look at a week that costs more, or less, than usual weeks do by chance. That something happened is known from the whole, and
 * only where is asked. One to four quiet weeks in a hundred are such (measured), so ten times the budget names a cause in
 * fewer more of them than the first look does. A segment that is the likeliest by far is told although
 * those that overlap it together have more of the evidence. What moved everything would show by chance in some part of it too,
 * so that most of what is unusual has to lie in a segment.
 */
export const LOOK_AT_UNUSUAL_WEEK: Look = {
  ...LOOK_AT_ANY_WEEK,
  forwardFactor: 10,
  leastThreshold: 2,
  minimumConfidence: 0.3,
  mustHoldRise: true,
}

/** With fewer weeks the noise from week to week is known badly, and the budget is cut. */
const LONG_HISTORY = 5
const SHORT_HISTORY_CAUTION = 0.4
const FORWARD_SHARE = 0.7
const MOST_ROWS = 30_000

/**
 * Searches every driver's own measure for the segments in which it changed. Of more than some 30,000 items a random part is
 * searched: enough to tell any segment worth naming, in a second.
 */
export function searchCauses(search: CauseSearch, look: Look): DriverFinding[] {
  const { table, historyWeeks } = search
  if (table.rowCount <= MOST_ROWS) {
    return searchRows(search, look, allRows(table))
  }
  const random = createRandom(search.seed)
  const sample = rowsWhere(table, () => random() < MOST_ROWS / table.rowCount)
  return searchRows(search, look, sample).map((finding) => {
    const rows = rowsWhere(table, segmentTest(table.dimensions, finding.segment))
    const n = keepRows(rows, (row) => table.week[row] === historyWeeks).length
    return { ...finding, n, h: rows.length - n, rows }
  })
}

function searchRows(search: CauseSearch, look: Look, rows: Int32Array): DriverFinding[] {
  const { table, historyWeeks } = search
  const { leastThreshold, minimumConfidence } = look
  const items = buildItemTable(table, rows, historyWeeks, search.agentDimensions)
  const set = buildCandidates(items, [...search.named, ...firstSeenSegments(table, rows, historyWeeks)])
  return DRIVERS.flatMap((driver, index) => {
    const isRate = driver === 'corrections'
    const alpha = shareBudget(look, isRate, search)
    const random = createRandom(search.seed * DRIVERS.length + index)
    const measure = isRate ? whetherCorrected(table, rows) : measureItems(driver, table, rows)
    const found = localiseItems({ items, set, measure, isRate, alpha, random, leastThreshold, minimumConfidence })
    return found.map((finding) => ({ ...finding, driver }))
  })
}

/** A driver's error budget by direction. */
function shareBudget({ budget, forwardFactor }: Look, isOfCorrections: boolean, search: CauseSearch) {
  const caution = search.historyWeeks < LONG_HISTORY ? SHORT_HISTORY_CAUTION : 1
  const scan = isOfCorrections ? budget.scanOfCorrections : budget.scan
  const shareOf = (part: number): ErrorShare => ({
    scan: scan * caution * part,
    prior: budget.prior * caution * part,
  })
  const [forward, backward] = [shareOf(FORWARD_SHARE * forwardFactor), shareOf(1 - FORWARD_SHARE)]
  return search.direction === 1 ? { up: forward, down: backward } : { up: backward, down: forward }
}

/** How much a correction costs differs so much that their number tells a segment sooner than their dollars. */
function whetherCorrected({ correctionsMicros }: UsageTable, rows: Int32Array): Float64Array {
  const isCorrected = scratch(Float64Array, rows.length)
  for (let index = 0; index < rows.length; index++) isCorrected[index] = correctionsMicros[rows[index]!]! > 0 ? 1 : 0
  return isCorrected
}
