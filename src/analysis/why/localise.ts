import { codeDimensions, type DimensionColumn } from './coded-table.ts'
import { type LeafLocalisationOptions, localiseLeaves } from './localise-leaves.ts'
import { localiseRates } from './localise-rates.ts'
import type { Segment } from './segment.ts'

/** What to localise: dimension columns with either sums against an expectation, or counts of bad units over time. */
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
}

export type Localisation = {
  readonly regime: 'leaves' | 'rates'
  readonly segments: readonly Segment[]
  readonly broadFactor: number | null
}

/**
 * Names the segments in which a change sits; what the data is decides the method: an expectation for every leaf makes it a
 * scan of dense leaves, parts of a whole at times make it a comparison of rates.
 */
export function localise(data: LocalisationData, options: LeafLocalisationOptions = {}): Localisation {
  const table = codeDimensions(data.dimensions)
  const { measure } = data
  if ('expected' in measure) {
    const { causes, broadFactor } = localiseLeaves(table, measure.actual, measure.expected, options)
    return { regime: 'leaves', segments: causes.map((cause) => cause.segment), broadFactor }
  }
  const findings = localiseRates({ table, time: measure.time, bad: measure.part, total: measure.whole }, measure.at)
  return { regime: 'rates', segments: findings.map((finding) => finding.segment), broadFactor: null }
}
