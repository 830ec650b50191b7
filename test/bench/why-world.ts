import type { ItemRow } from '../../src/analysis/why/item-row.ts'
import { drawNormal, type RandomSource } from '../../src/analysis/why/seeded-random.ts'
import { isInSegment, type Segment } from '../../src/analysis/why/segment.ts'
import type { Driver } from '../../src/domain/finding.ts'

export type PlantedCause = { readonly segment: Segment; readonly driver: Driver; readonly effect: number }

const ATTRIBUTES = {
  region: 6,
  policyType: 4,
  channel: 3,
  tier: 3,
  language: 5,
  exceptionDocs: 2,
  customer: 40,
} as const
type Attribute = keyof typeof ATTRIBUTES
export const CUSTOMERS = ATTRIBUTES.customer

const EXTRA_ATTEMPTS = 0.33
const EXTRA_CALLS = 3
const SMALL_PRICE = 2
const LARGE_PRICE = 8
const CORRECTED = 0.12

type ValueEffect = {
  readonly attempts: number
  readonly calls: number
  readonly tokens: number
  readonly large: number
}

/** A simulated workflow: its dimensions, how often each value occurs, and what each value does to every driver. */
export type World = {
  /** Attribute names; the customer is the last. */
  readonly attributes: readonly string[]
  readonly weights: readonly (readonly number[])[]
  readonly effects: readonly (readonly ValueEffect[])[]
}

/** What a week is like: the chance of each value, and how each customer's tokens swing. */
export type Week = {
  readonly index: number
  readonly weights: readonly Float64Array[]
  readonly customerTokens: Float64Array
  readonly promptVersion: string
  readonly causes: readonly PlantedCause[]
  /** What the time does to every item's attempts and tokens, as logarithms; and to those of each value. */
  readonly swing?: Swing
  readonly valueSwings?: readonly (readonly Swing[])[]
}

export type Swing = { readonly attempts: number; readonly tokens: number }
const CALM: Swing = { attempts: 0, tokens: 0 }

/** Three to six attributes and the customer. */
export function createWorld(random: RandomSource): World {
  const others = (Object.keys(ATTRIBUTES) as Attribute[]).filter((name) => name !== 'customer')
  const attributes: Attribute[] = [...shuffle(others, random).slice(0, 3 + Math.floor(random() * 4)), 'customer']
  return {
    attributes,
    weights: attributes.map((name) => skewedWeights(ATTRIBUTES[name], random)),
    effects: attributes.map((name) =>
      Array.from({ length: ATTRIBUTES[name] }, () => ({
        attempts: 0.2 * drawNormal(random),
        calls: 0.15 * drawNormal(random),
        tokens: 0.25 * drawNormal(random),
        large: 0.15 * random(),
      })),
    ),
  }
}

/** One work item: attempts geometric, calls Poisson, tokens lognormal, one of two models, corrected by a person now and then. */
export function drawItem(world: World, week: Week, random: RandomSource): ItemRow {
  const values = week.weights.map((weights) => drawIndex(weights, random))
  const dimensions: Record<string, string> = {}
  for (const [index, name] of world.attributes.entries()) dimensions[name] = `${name}-${values[index]}`
  const causes = week.causes.filter((cause) => isInSegment(dimensions, cause.segment))
  const factor = (driver: Driver) =>
    causes.reduce((product, cause) => product * (cause.driver === driver ? 1 + cause.effect : 1), 1)
  const effect = (key: keyof ValueEffect) =>
    values.reduce((sum, value, index) => sum + world.effects[index]![value]![key], 0)
  const swing = (key: keyof Swing) =>
    (week.valueSwings ?? []).reduce(
      (sum, swings, index) => sum + swings[values[index]!]![key],
      (week.swing ?? CALM)[key],
    )

  const meanAttempts = (1 + EXTRA_ATTEMPTS * Math.exp(effect('attempts') + swing('attempts'))) * factor('attempts')
  const attempts = 1 + drawGeometric(meanAttempts - 1, random)
  const meanCalls = (1 + EXTRA_CALLS * Math.exp(effect('calls'))) * factor('calls')
  let calls = attempts
  for (let attempt = 0; attempt < attempts; attempt++) calls += drawPoisson(meanCalls - 1, random)
  const customerSwing = week.customerTokens[values[values.length - 1]!]! + swing('tokens')
  const perCall = 3000 * Math.exp(effect('tokens') + customerSwing + 0.6 * drawNormal(random)) * factor('tokens')
  const tokens = Math.max(1, Math.round(calls * perCall))
  const usualPrice = SMALL_PRICE + (0.2 + effect('large') / 2) * (LARGE_PRICE - SMALL_PRICE)
  const largeShare = (usualPrice * factor('price') - SMALL_PRICE) / (LARGE_PRICE - SMALL_PRICE)
  const model = random() < largeShare ? 'large' : 'small'
  const price = (model === 'large' ? LARGE_PRICE : SMALL_PRICE) * Math.exp(0.1 * drawNormal(random))
  const runsMicros = Math.round(tokens * price)
  const isCorrected = random() < CORRECTED * factor('corrections')
  return {
    dimensions: { ...dimensions, model, promptVersion: week.promptVersion },
    weekIndex: week.index,
    attempts,
    calls,
    tokens,
    runsMicros,
    correctionsMicros: isCorrected ? Math.round(3_000_000 * Math.exp(0.5 * drawNormal(random))) : 0,
    resolved: random() < 0.85,
    models: [{ model, tokens, pricedCostMicros: runsMicros }],
  }
}

/** Zero or more, by its mean. Above 60 the normal approximation. */
export function drawPoisson(mean: number, random: RandomSource): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * drawNormal(random)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count++
  return count
}

/** Shuffles in place and returns the same array. */
export function shuffle<Item>(items: Item[], random: RandomSource): Item[] {
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    const kept = items[index]!
    items[index] = items[other]!
    items[other] = kept
  }
  return items
}

function skewedWeights(count: number, random: RandomSource): number[] {
  const weights = Array.from({ length: count }, (_, index) => Math.exp(0.5 * drawNormal(random)) / (index + 1) ** 0.7)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

/** The index of one of the weights, each as often as its part of their sum. */
export function drawIndex(weights: Float64Array, random: RandomSource): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  for (let index = 0; index < weights.length; index++) {
    left -= weights[index]!
    if (left < 0) return index
  }
  return weights.length - 1
}

function drawGeometric(mean: number, random: RandomSource): number {
  return Math.floor(Math.log(1 - random()) / Math.log(mean / (1 + mean)))
}
