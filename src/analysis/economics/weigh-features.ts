import type { SegmentFeatures } from './count-features.ts'
import { LEVEL } from './statistics/interval.ts'
import { type Stratum, stratifiedDifference } from './statistics/stratified-difference.ts'

/** Items with and without, each, in segments that have both, before a step, document or tool is weighed. */
const LEAST_ITEMS = 10
/** What nearly every item has, or nearly none, tells nothing: a run that broke off lacks every later step. */
const LEAST_SHARE = 0.01
const MOST_FEATURES = 60

export interface FeatureWeight {
  kind: 'step' | 'document' | 'tool'
  name: string
  with: number
  without: number
  /** Resolution with − without, inside the same segment. */
  difference: number
  interval: { low: number; high: number; level: number }
  /** The interval, which allows for the number of features, leaves 0 out. */
  standsOut: boolean
}

/**
 * What goes with resolution: for each step, document and tool of the attempt that the outcome rests on (the last), the
 * resolution rate of items with it − without it, inside the same segment. Intervals are at 90 % for all features together
 * (Bonferroni). Largest difference first, those that stand out before the others.
 */
export function weighFeatures(segments: readonly SegmentFeatures[]): FeatureWeight[] {
  const weighed = [...countAll(segments)]
    .filter(([, count]) => isComparable(count, segments))
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, MOST_FEATURES)
    .map(([feature]) => ({ feature, strata: segments.flatMap((segment) => stratumOf(segment, feature)) }))
  const comparable = weighed.flatMap(({ feature, strata }) => {
    const exposed = strata.reduce((sum, stratum) => sum + stratum.exposed.total, 0)
    const unexposed = strata.reduce((sum, stratum) => sum + stratum.unexposed.total, 0)
    return Math.min(exposed, unexposed) >= LEAST_ITEMS ? [{ feature, strata, exposed, unexposed }] : []
  })
  const level = 1 - (1 - LEVEL) / Math.max(1, comparable.length)
  return comparable
    .flatMap(({ feature, strata, exposed, unexposed }): FeatureWeight[] => {
      const weight = stratifiedDifference(strata, level)
      if (!weight) return []
      const { value: difference, interval } = weight
      const standsOut = interval.low > 0 || interval.high < 0
      return [{ ...readFeature(feature), with: exposed, without: unexposed, difference, interval, standsOut }]
    })
    .sort(
      (a, b) =>
        Number(b.standsOut) - Number(a.standsOut) ||
        Math.abs(b.difference) - Math.abs(a.difference) ||
        (a.name < b.name ? -1 : 1),
    )
}

function readFeature(feature: string): Pick<FeatureWeight, 'kind' | 'name'> {
  const colon = feature.indexOf(':')
  return { kind: feature.slice(0, colon) as FeatureWeight['kind'], name: feature.slice(colon + 1) }
}

/** How many items have each feature. */
function countAll(segments: readonly SegmentFeatures[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { having } of segments) {
    for (const [feature, { total }] of having) counts.set(feature, (counts.get(feature) ?? 0) + total)
  }
  return counts
}

function isComparable(count: number, segments: readonly SegmentFeatures[]): boolean {
  const total = segments.reduce((sum, { whole }) => sum + whole.total, 0)
  return Math.min(count, total - count) >= Math.max(LEAST_ITEMS, LEAST_SHARE * total)
}

/** Nothing where all items of the segment have the feature, or none. */
function stratumOf({ whole, having }: SegmentFeatures, feature: string): Stratum[] {
  const exposed = having.get(feature)
  if (!exposed) return []
  const unexposed = { successes: whole.successes - exposed.successes, total: whole.total - exposed.total }
  return unexposed.total > 0 ? [{ exposed, unexposed }] : []
}
