import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { addToGroup } from './add-to-group.ts'
import { recordOf } from './compare-models.ts'
import type { SegmentNamer } from './context-needs.ts'
import { mainModel } from './item-dimensions.ts'
import type { Estimate } from './statistics/difference-interval.ts'
import { type Interval, LEVEL } from './statistics/interval.ts'
import { quotientInterval } from './statistics/quotient-interval.ts'
import { ratioInterval } from './statistics/ratio-interval.ts'
import { type Stratum, stratifiedDifference } from './statistics/stratified-difference.ts'
import { stratifiedMeanDifference } from './statistics/stratified-means.ts'
import { wilsonInterval } from './statistics/wilson-interval.ts'

/** Fewer items than this on a step of the ladder say nothing about it. */
const LEAST_ITEMS = 10
/** A handful among many may be runs that broke off before their own model was called. */
const LEAST_SHARE = 0.05

const QUARTERS = ['smallest quarter', 'second quarter', 'third quarter', 'largest quarter']
const TENTHS = [...['cheapest', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'dearest']]

/** One step up: what it costs more and what resolution it brings more. */
export interface MarginalStep {
  name: string
  /** Items that it rests on. */
  n: number
  /** Resolution gained, 0 to 1. */
  gain: number
  interval: Interval | null
  /** Dollars more per item, in micro-dollars. */
  cost: MicroDollars
  /** Of gain ÷ cost, both being estimates; null where too few items, or too close to no cost at all, to say. */
  perMicro: Interval | null
  /** Of a step that is a range of cost: its ends, in micro-dollars. */
  range?: { from: MicroDollars; to: MicroDollars }
}

/** Attempt by attempt: the share of the items that came to it that it resolved, and what such an attempt cost. */
export function stepsByAttempt(cohort: readonly WorkItemFact[]): MarginalStep[] {
  const steps: MarginalStep[] = []
  for (let attempt = 1; attempt <= 10; attempt++) {
    const reached = cohort.filter((item) => item.runs.some((run) => run.attempt === attempt && isPriced(run)))
    if (reached.length < LEAST_ITEMS) break
    const resolved = reached.filter((item) => item.status === 'resolved' && item.attempts === attempt).length
    const cost = reached.reduce((sum, item) => sum + costOf(item.runs.filter((run) => run.attempt === attempt)), 0)
    const parts = reached.map((item) => ({
      numerator: item.status === 'resolved' && item.attempts === attempt ? 1 : 0,
      denominator: costOf(item.runs.filter((run) => run.attempt === attempt)),
    }))
    steps.push({
      ...{ name: `attempt ${attempt}`, n: reached.length, gain: resolved / reached.length },
      interval: wilsonInterval(resolved, reached.length, LEVEL),
      cost: cost / reached.length,
      perMicro: ratioInterval(parts, LEVEL),
    })
  }
  return steps
}

/** From each quarter of input size to the next, the quarters being those of the item's own segment: first attempts only. */
export function stepsByContext(cohort: readonly WorkItemFact[], segmentOf: SegmentNamer): MarginalStep[] {
  const segments = new Map<string, WorkItemFact[]>()
  for (const item of cohort)
    if (sizeOf(item) !== null && isPriced(item.runs[0]!)) addToGroup(segments, segmentOf(item), item)
  const bands = [...segments.values()].filter((items) => items.length >= 4 * LEAST_ITEMS).map(quartersOf)
  return [1, 2, 3].flatMap((quarter): MarginalStep[] => {
    const strata = bands.map((band): Stratum => {
      const [lower, upper] = [band[quarter - 1]!, band[quarter]!]
      return { exposed: firstTries(upper), unexposed: firstTries(lower) }
    })
    const gain = stratifiedDifference(strata)
    if (!gain) return []
    const cost = stratifiedMeanDifference(
      bands.map((band) => ({
        exposed: band[quarter]!.map(firstCost),
        unexposed: band[quarter - 1]!.map(firstCost),
        weight: band[quarter]!.length,
      })),
    )
    if (!cost) return []
    const name = `context: from the ${QUARTERS[quarter - 1]} of input size to the ${QUARTERS[quarter]}`
    return [stepOf(name, gain, cost)]
  })
}

/** From each model to the next dearer one, by the model of the first attempt, inside segments that saw both. */
export function stepsByModel(cohort: readonly WorkItemFact[], segmentOf: SegmentNamer): MarginalStep[] {
  const whole = new Map<string, WorkItemFact[]>()
  const bySegment = new Map<string, Map<string, WorkItemFact[]>>()
  for (const item of cohort) {
    const model = item.runs[0] ? mainModel(item.runs[0]) : null
    if (model === null) continue
    const segment = segmentOf(item)
    const models = bySegment.get(segment) ?? new Map<string, WorkItemFact[]>()
    bySegment.set(segment, models)
    addToGroup(whole, model, item)
    addToGroup(models, model, item)
  }
  const ranked = [...whole]
    .map(([model, items]) => recordOf(model, items))
    .filter((record) => record.costPerItem !== null)
    .sort((a, b) => a.costPerItem! - b.costPerItem! || (a.model < b.model ? -1 : 1))
  return ranked.slice(1).flatMap((dearer, index) => stepBetween(ranked[index]!.model, dearer.model, bySegment))
}

function stepBetween(
  cheaper: string,
  dearer: string,
  bySegment: ReadonlyMap<string, ReadonlyMap<string, WorkItemFact[]>>,
): MarginalStep[] {
  const strata = [...bySegment.values()].flatMap((models) => {
    const [below, above] = [models.get(cheaper) ?? [], models.get(dearer) ?? []]
    const [lower, upper] = [recordOf(cheaper, below), recordOf(dearer, above)]
    const least = Math.min(lower.items, upper.items)
    const isComparable = least >= LEAST_ITEMS && least >= LEAST_SHARE * (lower.items + upper.items)
    const isPriced = lower.costPerItem !== null && upper.costPerItem !== null
    return isComparable && isPriced ? [{ lower, upper, costs: [costsOf(below), costsOf(above)] as const }] : []
  })
  const gain = stratifiedDifference(
    strata.map(({ lower, upper }) => ({
      exposed: { successes: upper.resolved, total: upper.items },
      unexposed: { successes: lower.resolved, total: lower.items },
    })),
  )
  if (!gain) return []
  const cost = stratifiedMeanDifference(
    strata.map(({ lower, upper, costs }) => ({
      exposed: costs[1],
      unexposed: costs[0],
      weight: (lower.items * upper.items) / (lower.items + upper.items),
    })),
  )
  if (!cost) return []
  const name = `${cheaper} to ${dearer}`
  return [stepOf(name, gain, cost)]
}

/** Tenths of the items, cheapest first: the workflow's value–spend curve. */
export function stepsBySpend(cohort: readonly WorkItemFact[]): MarginalStep[] {
  const priced = cohort.filter((item) => item.unpricedCalls === 0 && item.unpricedCorrections === 0)
  if (priced.length < 10 * LEAST_ITEMS) return []
  const sorted = priced.sort((a, b) => a.totalMicros - b.totalMicros || (a.workItemId < b.workItemId ? -1 : 1))
  return Array.from({ length: 10 }, (_, index) => {
    const tenth = sorted.slice(Math.floor((index * sorted.length) / 10), Math.floor(((index + 1) * sorted.length) / 10))
    const resolved = tenth.filter((item) => item.status === 'resolved').length
    const cost = tenth.reduce((sum, item) => sum + item.totalMicros, 0) / tenth.length
    const interval = wilsonInterval(resolved, tenth.length, LEVEL)
    return {
      // Of items that cost as much as these: where a tenth begins and ends, and so its cost, is taken as given; the first
      // and the last one end where the items do, which is chance.
      perMicro:
        index === 0 || index === 9
          ? ratioInterval(tenth.map(partOf), LEVEL)
          : interval && { low: interval.low / cost, high: interval.high / cost, level: LEVEL },
      range: { from: tenth[0]!.totalMicros, to: tenth.at(-1)!.totalMicros },
      ...{ name: `${TENTHS[index]} tenth of items by cost`, n: tenth.length, gain: resolved / tenth.length },
      interval,
      cost,
    }
  })
}

function isPriced(run: RunFact): boolean {
  return run.unpricedCalls === 0
}

function costOf(runs: readonly RunFact[]): MicroDollars {
  return runs.reduce((sum, run) => sum + run.modelCostMicros + (run.toolCostMicros ?? 0), 0)
}

function sizeOf(item: WorkItemFact): number | null {
  const usage = item.runs[0]?.usage
  if (!usage || usage.inputTokens === null) return null
  const calls = usage.calls - usage.callsWithoutUsage
  return calls > 0 ? usage.inputTokens / calls : null
}

function quartersOf(items: readonly WorkItemFact[]): WorkItemFact[][] {
  const sorted = [...items].sort((a, b) => sizeOf(a)! - sizeOf(b)! || (a.workItemId < b.workItemId ? -1 : 1))
  const at = (quarter: number) => Math.floor((quarter * sorted.length) / 4)
  return [0, 1, 2, 3].map((quarter) => sorted.slice(at(quarter), at(quarter + 1)))
}

function firstTries(items: readonly WorkItemFact[]) {
  return { successes: items.filter((item) => item.firstTry).length, total: items.length }
}

function partOf(item: WorkItemFact): { numerator: number; denominator: number } {
  return { numerator: item.status === 'resolved' ? 1 : 0, denominator: item.totalMicros }
}

function firstCost(item: WorkItemFact): MicroDollars {
  return costOf([item.runs[0]!])
}

/** Whole-life costs of the items whose every call and correction is priced. */
function costsOf(items: readonly WorkItemFact[]): MicroDollars[] {
  return items
    .filter((item) => item.unpricedCalls === 0 && item.unpricedCorrections === 0)
    .map((item) => item.totalMicros)
}

function stepOf(name: string, gain: Estimate & { n: number }, cost: Estimate): MarginalStep {
  return {
    ...{ name, n: gain.n, gain: gain.value, interval: gain.interval, cost: cost.value },
    perMicro: quotientInterval(gain, cost),
  }
}
