import { computeBaseline } from '../../src/analysis/economics/compute-baseline.ts'
import { computeCompareSegments } from '../../src/analysis/economics/compute-compare-segments.ts'
import { computeContext } from '../../src/analysis/economics/compute-context.ts'
import { computeCorrections } from '../../src/analysis/economics/compute-corrections.ts'
import { computeCostPerResolved } from '../../src/analysis/economics/compute-cost-per-resolved.ts'
import { computeMarginalUtility } from '../../src/analysis/economics/compute-marginal-utility.ts'
import { computeMetric } from '../../src/analysis/economics/compute-metric.ts'
import { computeRetryTail } from '../../src/analysis/economics/compute-retry-tail.ts'
import { computeRouting } from '../../src/analysis/economics/compute-routing.ts'
import { computeWhatMattered } from '../../src/analysis/economics/compute-what-mattered.ts'
import { stepsBySpend } from '../../src/analysis/economics/marginal-steps.ts'
import { orderById } from '../../src/analysis/economics/order-by-id.ts'
import { readCohort } from '../../src/analysis/economics/read-cohort.ts'
import { closedWithin } from '../../src/analysis/economics/select-items.ts'
import { createRandom } from '../../src/analysis/why/seeded-random.ts'
import type { WorkItemFact } from '../../src/domain/facts.ts'
import type { Finding } from '../../src/domain/finding.ts'
import { CLAIMS, makeParameters } from '../analysis/economics/make-items.ts'
import { drawWorld, scatteredSeed } from './economics-world.ts'

const VALUE = 3
const WORKFLOW = { ...CLAIMS, baseline: { kind: 'revenue' as const, valuePerUnit: VALUE } }
const PARAMETERS = makeParameters({ groupBy: 'region' }, [WORKFLOW])
const SIDES = makeParameters({ groupBy: 'region', filters: { region: 'south' } }, [WORKFLOW])

/** Every analysis over work items that states an interval, with the name under which its figures are counted. */
const ANALYSES: Readonly<Record<string, (items: WorkItemFact[]) => Finding[]>> = {
  cost_per_resolved: (items) => computeCostPerResolved(items, PARAMETERS).findings,
  retry_tail: (items) => computeRetryTail(items, PARAMETERS).findings,
  attempts: (items) => computeMetric(items, PARAMETERS, 'attempts').findings,
  tokens_per_call: (items) => computeMetric(items, PARAMETERS, 'tokens_per_call').findings,
  resolution_rate: (items) => computeMetric(items, PARAMETERS, 'resolution_rate').findings,
  corrections: (items) => computeCorrections(items, PARAMETERS).findings,
  context: (items) => computeContext(items, PARAMETERS).findings,
  routing: (items) => computeRouting(items, PARAMETERS).findings,
  what_mattered: (items) => computeWhatMattered(items, PARAMETERS).findings,
  marginal_utility: (items) => computeMarginalUtility(items, PARAMETERS).findings,
  baseline: (items) => computeBaseline(items, PARAMETERS).findings,
  compare_segments: (items) => computeCompareSegments(items, SIDES, null).findings,
}

export interface Coverage {
  /** Worlds in which the figure came with an interval. */
  worlds: number
  /** Of those, in which the interval held the truth. */
  covered: number
  /** What the interval says of itself. */
  level: number
}

/** Items of the world that stands for the truth: its own error is small beside that of any world that is tried. */
const TRUTH_SIZE = 150_000

/**
 * How often the interval of each figure holds the true value, over simulated worlds of `size` items a week. The truth of a
 * figure is its value over a very large world of the same law.
 */
export function measureCoverage(worlds: number, size: number, truthSize = TRUTH_SIZE): Map<string, Coverage> {
  const large = drawWorld(createRandom(7), truthSize)
  const truth = valuesOf(large)
  const utilityWithin = spendTruth(large)
  const coverage = new Map<string, Coverage>()
  for (let world = 0; world < worlds; world++) {
    const items = drawWorld(createRandom(scatteredSeed(world)), size)
    for (const [id, { interval }] of valuesOf(items)) {
      const tenth = /marginal_utility\.spend\.(\d+)$/.exec(id)?.[1]
      // Its tenths end where those of the world at hand end.
      const expected = tenth
        ? utilityWithin(stepsBySpend(readCohort(closed(items)), orderById(closed(items)))[Number(tenth) - 1]!.range!)
        : truth.get(id)?.value
      if (!interval || typeof expected !== 'number') continue
      const entry = coverage.get(id) ?? { worlds: 0, covered: 0, level: interval.level }
      entry.worlds++
      if (interval.low <= expected && expected <= interval.high) entry.covered++
      coverage.set(id, entry)
    }
  }
  return coverage
}

function valuesOf(items: WorkItemFact[]): Map<string, Finding> {
  return new Map(
    Object.entries(ANALYSES).flatMap(([name, compute]) =>
      compute(items).map((finding): [string, Finding] => [`${name}: ${idOf(finding)}`, finding]),
    ),
  )
}

const closed = (items: readonly WorkItemFact[]) => closedWithin(items, PARAMETERS.bounds)

/** Value for a dollar of the large world's items that cost between two amounts. */
function spendTruth(large: readonly WorkItemFact[]): (range: { from: number; to: number }) => number {
  const sorted = [...closed(large)].sort((a, b) => a.totalMicros - b.totalMicros)
  const costs = sorted.map((item) => item.totalMicros)
  const [spent, resolved] = [[0], [0]]
  for (const item of sorted) {
    spent.push(spent.at(-1)! + item.totalMicros)
    resolved.push(resolved.at(-1)! + (item.status === 'resolved' ? 1 : 0))
  }
  const at = (cost: number, isAfter: boolean) => {
    let [low, high] = [0, costs.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isAfter ? costs[middle]! <= cost : costs[middle]! < cost) low = middle + 1
      else high = middle
    }
    return low
  }
  return ({ from, to }) => {
    const [first, last] = [at(from, false), at(to, true)]
    return ((resolved[last]! - resolved[first]!) * VALUE * 1e6) / (spent[last]! - spent[first]!)
  }
}

/** A comparison's verdict is no part of what is estimated. */
function idOf({ id }: Finding): string {
  return id.replace(/^routing\.(?:good_enough|worse|not_cheaper|not_shown|too_few)\./, 'routing.comparison.')
}
