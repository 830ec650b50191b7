import type { WorkItemFact } from '../../domain/facts.ts'
import type { SegmentNamer } from './context-needs.ts'
import { createFeatureReader } from './read-features.ts'
import { runCountOf } from './select-items.ts'
import { LEVEL } from './statistics/interval.ts'
import type { Share } from './statistics/newcombe-interval.ts'
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
export function weighFeatures(items: readonly WorkItemFact[], segmentOf: SegmentNamer): FeatureWeight[] {
  const worked = items.filter((item) => runCountOf(item) > 0)
  const features = createFeatureReader()
  const counts: number[] = []
  const count = (feature: number) => {
    counts[feature] = (counts[feature] ?? 0) + 1
  }
  for (const item of worked) features.visit(item, count)
  const total = worked.length
  const weighed = features.names
    .map((feature, code) => ({ feature, code, count: counts[code] ?? 0 }))
    .filter(({ count }) => Math.min(count, total - count) >= Math.max(LEAST_ITEMS, LEAST_SHARE * total))
    .sort((left, right) => right.count - left.count || (left.feature < right.feature ? -1 : 1))
    .slice(0, MOST_FEATURES)
  const strataOf = weighed.map((): Stratum[] => [])
  for (const { whole, having } of countSegments(worked, segmentOf, features, weighed)) {
    for (const [place, exposed] of having.entries()) {
      const unexposed = { successes: whole.successes - exposed.successes, total: whole.total - exposed.total }
      if (exposed.total > 0 && unexposed.total > 0) strataOf[place]!.push({ exposed, unexposed })
    }
  }
  const comparable = weighed.flatMap(({ feature }, place) => {
    const strata = strataOf[place]!
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

/** The items of one segment, and those of them that have each of the features that are weighed. */
interface SegmentCounts {
  whole: Share
  having: Share[]
}

/** Segments in order of first appearance. */
function countSegments(
  items: readonly WorkItemFact[],
  segmentOf: SegmentNamer,
  features: ReturnType<typeof createFeatureReader>,
  weighed: readonly { code: number }[],
): SegmentCounts[] {
  const segments = new Map<string, SegmentCounts>()
  const placeOf = new Map(weighed.map(({ code }, place) => [code, place]))
  const places = features.names.map((_, code) => placeOf.get(code) ?? -1)
  const none = (): Share => ({ successes: 0, total: 0 })
  for (const item of items) {
    const name = segmentOf(item)
    let segment = segments.get(name)
    if (!segment) {
      segment = { whole: none(), having: weighed.map(none) }
      segments.set(name, segment)
    }
    const { whole, having } = segment
    const success = item.status === 'resolved' ? 1 : 0
    whole.total++
    whole.successes += success
    features.visit(item, (feature) => {
      const place = places[feature]!
      if (place < 0) return
      const share = having[place]!
      share.total++
      share.successes += success
    })
  }
  return [...segments.values()]
}
