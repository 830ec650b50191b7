import { buildCandidates } from './candidates.ts'
import { codeDimensions, type DimensionColumn } from './coded-table.ts'
import { localiseItems } from './localise-items.ts'
import { type LeafLocalisationOptions, localiseLeaves } from './localise-leaves.ts'
import { localiseRates } from './localise-rates.ts'
import { createRandom } from './seeded-random.ts'
import type { Segment } from './segment.ts'

/** What to localise: dimension columns with sums against an expectation, counts of bad units over time, or single items. */
export type LocalisationData = {
  readonly dimensions: readonly DimensionColumn[]
  readonly measure:
    | { readonly actual: Float64Array; readonly expected: Float64Array }
    | {
        readonly time: Float64Array
        readonly part: Float64Array
        readonly whole: Float64Array
        readonly at: number
      }
    | {
        /** Weeks 0 … historyWeeks − 1 are closed history, historyWeeks is the current one. */
        readonly week: Int32Array
        readonly historyWeeks: number
        /** A measure of each item, on a scale where effects add; null counts items. */
        readonly value: Float64Array | null
        readonly seed: number
      }
}

export type Localisation = {
  readonly regime: 'leaves' | 'rates' | 'items'
  readonly segments: readonly Segment[]
  readonly broadFactor: number | null
}

/** Probability that a quiet week of items names anything upward, and downward; and the least confidence to name. */
const ITEM_SHARE = { scan: 0.025, prior: 0.025 }
const ITEM_ALPHA = { up: ITEM_SHARE, down: ITEM_SHARE }
const ITEM_CONFIDENCE = 0.7

/**
 * Names the segments in which a change sits; what the data is decides the method: an expectation for every leaf makes it a
 * scan of dense leaves, parts of a whole at times a comparison of rates, single items of several weeks (whose leaves are
 * nearly empty) a search of items through marginal elements.
 */
export function localise(data: LocalisationData, options: LeafLocalisationOptions = {}): Localisation {
  const table = codeDimensions(data.dimensions)
  const { measure } = data
  if ('expected' in measure) {
    const { causes, broadFactor } = localiseLeaves(table, measure.actual, measure.expected, options)
    return { regime: 'leaves', segments: causes.map((cause) => cause.segment), broadFactor }
  }
  if ('week' in measure) {
    const items = { table, ...measure, isAgentSide: table.names.map(() => false) }
    const set = buildCandidates(items, [])
    const random = createRandom(measure.seed)
    const search = { items, set, measure: measure.value, alpha: ITEM_ALPHA, random, minimumConfidence: ITEM_CONFIDENCE }
    const segments = localiseItems(search).map((finding) => finding.segment)
    return { regime: 'items', segments, broadFactor: null }
  }
  const findings = localiseRates({ table, time: measure.time, bad: measure.part, total: measure.whole }, measure.at)
  return { regime: 'rates', segments: findings.map((finding) => finding.segment), broadFactor: null }
}
