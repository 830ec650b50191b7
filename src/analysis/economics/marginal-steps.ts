import type { WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { addToGroup } from './add-to-group.ts'
import { costOfAttempt, costOfFirst, isFirstPriced, modelOfFirst, sizeOfFirst } from './attempts-of-items.ts'
import { recordOf } from './compare-models.ts'
import type { SegmentNamer } from './context-needs.ts'
import { sortByNumber } from './sort-by-number.ts'
import type { Estimate } from './statistics/difference-interval.ts'
import { type Interval, LEVEL } from './statistics/interval.ts'
import { quotientInterval } from './statistics/quotient-interval.ts'
import { ratioInterval, ratioIntervalOf } from './statistics/ratio-interval.ts'
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
    const [gains, costs]: [number[], number[]] = [[], []]
    let [resolved, cost] = [0, 0]
    for (const item of cohort) {
      const spent = costOfAttempt(item, attempt)
      if (spent === null) continue
      const gain = item.status === 'resolved' && item.attempts === attempt ? 1 : 0
      gains.push(gain)
      costs.push(spent)
      resolved += gain
      cost += spent
    }
    const n = costs.length
    if (n < LEAST_ITEMS) break
    steps.push({
      ...{ name: `attempt ${attempt}`, n, gain: resolved / n },
      interval: wilsonInterval(resolved, n, LEVEL),
      cost: cost / n,
      perMicro: ratioIntervalOf(new Float64Array(gains), new Float64Array(costs), LEVEL),
    })
  }
  return steps
}

/** From each quarter of input size to the next, the quarters being those of the item's own segment: first attempts only. */
export function stepsByContext(cohort: readonly WorkItemFact[], segmentOf: SegmentNamer): MarginalStep[] {
  const segments = new Map<string, WorkItemFact[]>()
  for (const item of cohort)
    if (sizeOfFirst(item) !== null && isFirstPriced(item)) addToGroup(segments, segmentOf(item), item)
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
        exposed: band[quarter]!.map(costOfFirst),
        unexposed: band[quarter - 1]!.map(costOfFirst),
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
    const model = modelOfFirst(item)
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
  const sorted = sortByNumber(
    priced,
    numbersOf(priced, (item) => item.totalMicros),
  )
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

function quartersOf(items: readonly WorkItemFact[]): WorkItemFact[][] {
  const sorted = sortByNumber(
    items,
    numbersOf(items, (item) => sizeOfFirst(item)!),
  )
  const at = (quarter: number) => Math.floor((quarter * sorted.length) / 4)
  return [0, 1, 2, 3].map((quarter) => sorted.slice(at(quarter), at(quarter + 1)))
}

function firstTries(items: readonly WorkItemFact[]) {
  return { successes: items.filter((item) => item.firstTry).length, total: items.length }
}

function partOf(item: WorkItemFact): { numerator: number; denominator: number } {
  return { numerator: item.status === 'resolved' ? 1 : 0, denominator: item.totalMicros }
}

function numbersOf(items: readonly WorkItemFact[], numberOf: (item: WorkItemFact) => number): Float64Array {
  const numbers = new Float64Array(items.length)
  for (let index = 0; index < numbers.length; index++) numbers[index] = numberOf(items[index]!)
  return numbers
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
