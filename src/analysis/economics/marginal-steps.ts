import { giveBack } from '../../domain/give-back.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { scratch } from '../../domain/scratch.ts'
import { eachAttempt } from './attempt-costs.ts'
import { readFirstCosts, readFirstModels, readFirstSizes } from './first-runs.ts'
import { groupPlaces } from './group-places.ts'
import { orderByNumber } from './order-by-number.ts'
import { pickNumbers } from './pick-numbers.ts'
import type { CohortColumns } from './read-cohort.ts'
import type { Estimate } from './statistics/difference-interval.ts'
import { type Interval, LEVEL } from './statistics/interval.ts'
import { quotientInterval } from './statistics/quotient-interval.ts'
import { RatioParts, ratioIntervalOf } from './statistics/ratio-interval.ts'
import { type Stratum, stratifiedDifference } from './statistics/stratified-difference.ts'
import { stratifiedMeanDifference } from './statistics/stratified-means.ts'
import { wilsonInterval } from './statistics/wilson-interval.ts'
import { sumOf } from './sum-of.ts'

/** Fewer items than this on a step of the ladder say nothing about it. */
const LEAST_ITEMS = 10
/** A handful among many may be runs that broke off before their own model was called. */
const LEAST_SHARE = 0.05
const MOST_ATTEMPTS = 10
const NO_PLACES = new Uint32Array(0)

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
export function stepsByAttempt(cohort: CohortColumns): MarginalStep[] {
  const attempts = Array.from({ length: MOST_ATTEMPTS }, () => new RatioParts())
  eachAttempt(cohort, MOST_ATTEMPTS, (attempt, cost, gain) => attempts[attempt - 1]!.add(gain, cost))
  eachAttempt(cohort, MOST_ATTEMPTS, (attempt, cost, gain) => attempts[attempt - 1]!.addAgain(gain, cost))
  const few = attempts.findIndex(({ size }) => size < LEAST_ITEMS)
  return attempts.slice(0, few < 0 ? MOST_ATTEMPTS : few).map((parts, index): MarginalStep => {
    const { size: n, numerator: resolved, denominator: costs } = parts
    return {
      ...{ name: `attempt ${index + 1}`, n, gain: resolved / n },
      interval: wilsonInterval(resolved, n, LEVEL),
      cost: costs / n,
      perMicro: parts.interval(LEVEL),
    }
  })
}

/**
 * From each quarter of input size to the next, the quarters being those of the item's own segment: first attempts only. `segmentOf`: by
 * place; `byId`: the places in the order of the items' ids.
 */
export function stepsByContext(cohort: CohortColumns, segmentOf: Uint32Array, byId: Uint32Array): MarginalStep[] {
  const { sizes, isPriced } = readFirstSizes(cohort.items)
  const isKnown = (place: number) => !Number.isNaN(sizes[place]) && isPriced[place] === 1
  const groupOf = (place: number) => (isKnown(place) ? segmentOf[place]! : -1)
  // Segments in order of first appearance, and their items by id.
  const bands = groupPlaces(byId, groupsOf(segmentOf), groupOf)
    .filter(({ places }) => places.length >= 4 * LEAST_ITEMS)
    .map(({ places }) => quartersOf(places, sizes))
  const costs = readFirstCosts(cohort.items)
  return [1, 2, 3].flatMap((quarter): MarginalStep[] => {
    const strata = bands.map((band): Stratum => {
      const [lower, upper] = [band[quarter - 1]!, band[quarter]!]
      return { exposed: firstTries(cohort, upper), unexposed: firstTries(cohort, lower) }
    })
    const gain = stratifiedDifference(strata)
    if (!gain) return []
    const costsOf = bands.map((band) => ({
      exposed: pickNumbers(costs, band[quarter]!),
      unexposed: pickNumbers(costs, band[quarter - 1]!),
      weight: band[quarter]!.length,
    }))
    const cost = stratifiedMeanDifference(costsOf)
    giveBack(...costsOf.flatMap(({ exposed, unexposed }) => [exposed, unexposed]))
    if (!cost) return []
    const name = `context: from the ${QUARTERS[quarter - 1]} of input size to the ${QUARTERS[quarter]}`
    return [stepOf(name, gain, cost)]
  })
}

/** From each model to the next dearer one, by the model of the first attempt, inside segments that saw both. */
export function stepsByModel(cohort: CohortColumns, segmentOf: Uint32Array): MarginalStep[] {
  const { codes, models } = readFirstModels(cohort.items)
  const groupOf = (place: number) => (codes[place] === 0 ? -1 : segmentOf[place]! * models.length + codes[place]! - 1)
  const bySegment = new Map<number, Map<string, Uint32Array>>()
  for (const { group, places } of groupPlaces(codes.length, groupsOf(segmentOf) * models.length, groupOf)) {
    const segment = Math.floor(group / models.length)
    const own = bySegment.get(segment) ?? new Map<string, Uint32Array>()
    bySegment.set(segment, own.set(models[group % models.length]!, places))
  }
  const ranked = costsPerItem(cohort, codes, models)
    .filter((record) => record.costPerItem !== null)
    .sort((a, b) => a.costPerItem! - b.costPerItem! || (a.model < b.model ? -1 : 1))
  const segments = [...bySegment.values()]
  return ranked.slice(1).flatMap(({ model }, index) => stepBetween(ranked[index]!.model, model, segments, cohort))
}

/** What an item of each model cost; null where none of them is priced throughout. `codes`: by place, into `models` from 1. */
function costsPerItem({ isPriced, totals }: CohortColumns, codes: Uint32Array, models: readonly string[]) {
  const [costs, priced] = [new Float64Array(models.length), new Uint32Array(models.length)]
  for (let place = 0; place < codes.length; place++) {
    if (codes[place] === 0 || isPriced[place] === 0) continue
    costs[codes[place]! - 1]! += totals[place]!
    priced[codes[place]! - 1]!++
  }
  return models.map((model, index) => ({
    model,
    costPerItem: priced[index] === 0 ? null : costs[index]! / priced[index]!,
  }))
}

/** How many groups there may be: one more than the highest code. */
function groupsOf(codes: Uint32Array): number {
  return codes.reduce((most, code) => Math.max(most, code + 1), 0)
}

function stepBetween(
  cheaper: string,
  dearer: string,
  segments: readonly ReadonlyMap<string, Uint32Array>[],
  cohort: CohortColumns,
): MarginalStep[] {
  const strata = segments.flatMap((models) => {
    const [below, above] = [models.get(cheaper) ?? NO_PLACES, models.get(dearer) ?? NO_PLACES]
    const least = Math.min(below.length, above.length)
    if (least < LEAST_ITEMS || least < LEAST_SHARE * (below.length + above.length)) return []
    const [lower, upper] = [recordOf(cohort, below), recordOf(cohort, above)]
    const isPriced = lower.costPerItem !== null && upper.costPerItem !== null
    return isPriced ? [{ lower, upper }] : []
  })
  const gain = stratifiedDifference(
    strata.map(({ lower, upper }) => ({
      exposed: { successes: upper.resolved, total: upper.items },
      unexposed: { successes: lower.resolved, total: lower.items },
    })),
  )
  if (!gain) return []
  const cost = stratifiedMeanDifference(
    strata.map(({ lower, upper }) => ({
      exposed: upper.costs,
      unexposed: lower.costs,
      weight: (lower.items * upper.items) / (lower.items + upper.items),
    })),
  )
  if (!cost) return []
  const name = `${cheaper} to ${dearer}`
  return [stepOf(name, gain, cost)]
}

/** Tenths of the items, cheapest first: the workflow's value–spend curve. `byId`: the places in the order of the items' ids. */
export function stepsBySpend({ isPriced, isResolved, totals }: CohortColumns, byId: Uint32Array): MarginalStep[] {
  const priced = groupPlaces(byId, 1, (place) => (isPriced[place] === 1 ? 0 : -1))[0]?.places ?? NO_PLACES
  if (priced.length < 10 * LEAST_ITEMS) return []
  const sorted = orderByNumber(priced, totals)
  return Array.from({ length: 10 }, (_, index) => {
    const tenth = sorted.subarray(
      Math.floor((index * sorted.length) / 10),
      Math.floor(((index + 1) * sorted.length) / 10),
    )
    const costs = pickNumbers(totals, tenth)
    const gains = pickNumbers(isResolved, tenth)
    const resolved = sumOf(gains)
    const cost = sumOf(costs) / tenth.length
    const interval = wilsonInterval(resolved, tenth.length, LEVEL)
    const step = {
      // Of items that cost as much as these: where a tenth begins and ends, and so its cost, is taken as given; the first
      // and the last one end where the items do, which is chance.
      perMicro:
        index === 0 || index === 9
          ? ratioIntervalOf(gains, costs, LEVEL)
          : interval && { low: interval.low / cost, high: interval.high / cost, level: LEVEL },
      range: { from: costs[0]!, to: costs.at(-1)! },
      ...{ name: `${TENTHS[index]} tenth of items by cost`, n: tenth.length, gain: resolved / tenth.length },
      interval,
      cost,
    }
    giveBack(costs, gains)
    return step
  })
}

/** Of the items at these places: how many were resolved, and the whole-life costs of those that are priced throughout. */
function recordOf({ isResolved, isPriced, totals }: CohortColumns, places: Uint32Array) {
  const all = scratch(Float64Array, places.length)
  let [resolved, cost, priced] = [0, 0, 0]
  for (let index = 0; index < places.length; index++) {
    const place = places[index]!
    resolved += isResolved[place]!
    if (isPriced[place] === 0) continue
    all[priced++] = totals[place]!
    cost += totals[place]!
  }
  const costs = all.subarray(0, priced)
  return { items: places.length, resolved, costs, costPerItem: priced === 0 ? null : cost / priced }
}

function quartersOf(places: Uint32Array, sizes: Float64Array): Uint32Array[] {
  const sorted = orderByNumber(places, sizes)
  const at = (quarter: number) => Math.floor((quarter * sorted.length) / 4)
  return [0, 1, 2, 3].map((quarter) => sorted.subarray(at(quarter), at(quarter + 1)))
}

function firstTries({ isFirstTry }: CohortColumns, places: Uint32Array) {
  let successes = 0
  for (let index = 0; index < places.length; index++) successes += isFirstTry[places[index]!]!
  return { successes, total: places.length }
}

function stepOf(name: string, gain: Estimate & { n: number }, cost: Estimate): MarginalStep {
  return {
    ...{ name, n: gain.n, gain: gain.value, interval: gain.interval, cost: cost.value },
    perMicro: quotientInterval(gain, cost),
  }
}
