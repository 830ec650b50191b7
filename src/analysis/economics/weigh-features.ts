import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import { addToGroup } from './add-to-group.ts'
import type { SegmentNamer } from './context-needs.ts'
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
export function weighFeatures(items: readonly WorkItemFact[], segmentOf: SegmentNamer): FeatureWeight[] {
  const segments = new Map<string, WorkItemFact[]>()
  const featuresOfItem = new Map<WorkItemFact, Set<string>>()
  const counts = new Map<string, number>()
  for (const item of items) {
    const run = item.runs.at(-1)
    if (!run) continue
    const segment = segmentOf(item)
    addToGroup(segments, segment, item)
    const features = featuresOf(run)
    featuresOfItem.set(item, features)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  }
  const total = featuresOfItem.size
  const weighed = [...counts]
    .filter(([, count]) => Math.min(count, total - count) >= Math.max(LEAST_ITEMS, LEAST_SHARE * total))
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, MOST_FEATURES)
  const comparable = weighed.flatMap(([feature]) => {
    const strata = [...segments.values()]
      .map((members) => stratumOf(members, feature, featuresOfItem))
      .filter(({ exposed, unexposed }) => exposed.total > 0 && unexposed.total > 0)
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

/** Steps by name, documents that were retrieved (used ones where it is known), tools that are no step of that name. */
function featuresOf(run: RunFact): Set<string> {
  const steps = run.steps.map((step) => step.name)
  return new Set([
    ...steps.map((name) => `step:${name}`),
    ...run.documents.filter((document) => document.used !== false).map((document) => `document:${document.id}`),
    ...run.tools.filter((tool) => !steps.includes(tool)).map((tool) => `tool:${tool}`),
  ])
}

function readFeature(feature: string): Pick<FeatureWeight, 'kind' | 'name'> {
  const colon = feature.indexOf(':')
  return { kind: feature.slice(0, colon) as FeatureWeight['kind'], name: feature.slice(colon + 1) }
}

function stratumOf(
  items: readonly WorkItemFact[],
  feature: string,
  featuresOfItem: ReadonlyMap<WorkItemFact, Set<string>>,
): Stratum {
  const stratum: Stratum = { exposed: { successes: 0, total: 0 }, unexposed: { successes: 0, total: 0 } }
  for (const item of items) {
    const side = featuresOfItem.get(item)!.has(feature) ? stratum.exposed : stratum.unexposed
    side.total++
    if (item.status === 'resolved') side.successes++
  }
  return stratum
}
