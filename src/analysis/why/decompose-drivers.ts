import { DRIVERS, type Driver } from '../../domain/finding.ts'
import type { Contribution, SegmentUsage } from './drivers.ts'
import type { Segment } from './segment.ts'
import { restWeight, shapleyOfProduct } from './shapley-product.ts'
import { shareTotal } from './share-total.ts'
import { splitPriceByModel } from './split-price-by-model.ts'

/** A segment's usage in the two periods; null where the segment does not occur. */
export type SegmentChange = {
  readonly segment: Segment
  readonly before: SegmentUsage | null
  readonly after: SegmentUsage | null
}

export type DriverDecomposition = {
  /** Non-zero parts, largest first; with `unpricedMicros` they add up to `changeMicros` exactly. */
  readonly contributions: readonly Contribution[]
  readonly byDriver: Readonly<Record<Driver, number>>
  /** Change of the known cost, priced runs and corrections. */
  readonly changeMicros: number
  /** The part of it that only comes from calls losing or gaining a known price: what they really cost is unknown. */
  readonly unpricedMicros: number
  readonly unpricedCalls: { readonly before: number; readonly after: number }
}

type Part = { readonly driver: Driver | 'unpriced'; readonly model?: string; readonly micros: number }

/**
 * Splits a change of cost over items, attempts per item, calls per attempt, tokens per call and price per token, segment by
 * segment, by Shapley; corrections are added beside. Exact to the micro-dollar (largest remainder), also for segments that
 * appear or vanish (which go to items), zeros and negative adjustments. Money in integer micro-dollars.
 */
export function decomposeDrivers(segments: readonly SegmentChange[]): DriverDecomposition {
  const known = inOrder(segments).map(({ segment, before, after }) => {
    const parts = partsOfSegment(before ?? NOTHING, after ?? NOTHING)
    return { segment, parts, change: costOf(after) - costOf(before) }
  })
  const exactChange = known.reduce((sum, { change }) => sum + change, 0)
  const changes = shareTotal(
    known.map(({ change }) => change),
    Math.round(exactChange),
  )
  const contributions: Contribution[] = []
  const byDriver = Object.fromEntries(DRIVERS.map((driver) => [driver, 0])) as Record<Driver, number>
  let unpricedMicros = 0
  for (const [index, { segment, parts }] of known.entries()) {
    const rounded = shareTotal(
      parts.map((part) => part.micros),
      changes[index]!,
    )
    for (const [position, { driver, model }] of parts.entries()) {
      const micros = rounded[position]!
      if (micros === 0) continue
      if (driver === 'unpriced') {
        unpricedMicros += micros
        continue
      }
      byDriver[driver] += micros
      contributions.push(model === undefined ? { driver, segment, micros } : { driver, segment, micros, model })
    }
  }
  contributions.sort((left, right) => Math.abs(right.micros) - Math.abs(left.micros))
  const unpriced = (side: 'before' | 'after') =>
    segments.reduce((sum, segment) => sum + (segment[side]?.unpricedCalls ?? 0), 0)
  return {
    contributions,
    byDriver,
    changeMicros: Math.round(exactChange),
    unpricedMicros,
    unpricedCalls: { before: unpriced('before'), after: unpriced('after') },
  }
}

/** By segment: who takes the last micro-dollar, and which of two equal parts comes first, does not hang on the caller's order. */
function inOrder(segments: readonly SegmentChange[]): SegmentChange[] {
  return segments
    .map((change) => ({ change, key: JSON.stringify(change.segment) }))
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ change }) => change)
}

const NOTHING: SegmentUsage = { items: 0, attempts: 0, calls: 0, tokens: 0, pricedCostMicros: 0, correctionsMicros: 0 }

/** Micro-dollars: 281 million dollars in one part; leaves room to add up thousands of parts exactly. */
const LARGEST_EXACT = 2 ** 48

function costOf(usage: SegmentUsage | null): number {
  return usage ? usage.pricedCostMicros + usage.correctionsMicros : 0
}

function partsOfSegment(before: SegmentUsage, after: SegmentUsage): Part[] {
  const runs = after.pricedCostMicros - before.pricedCostMicros
  const corrections: Part = { driver: 'corrections', micros: after.correctionsMicros - before.correctionsMicros }
  if (before.items === 0 || after.items === 0) return [{ driver: 'items', micros: runs }, corrections]

  const { old, now, isByToken } = factorsOf(before, after)
  const values = shapleyOfProduct(old, now)
  const drivers = ['items', 'attempts', 'calls', 'unpriced', 'tokens'] as const
  const parts: Part[] = drivers.map((driver, factor) => ({ driver, micros: values[factor]! }))
  const priceFactor = drivers.length
  if (isByToken) {
    const weight = restWeight(old, now, priceFactor)
    for (const { model, delta } of splitPriceByModel(before, after)) {
      const part: Part = { driver: 'price', micros: delta * weight }
      parts.push(model === null ? part : { ...part, model })
    }
  } else {
    parts.push({ driver: 'price', micros: values[priceFactor]! })
  }
  // Factors that differ by many orders of magnitude give parts that cancel beyond what a number holds exactly.
  const isHeld = parts.every((part) => Math.abs(part.micros) < LARGEST_EXACT)
  return isHeld ? [...parts, corrections] : [{ driver: 'price', micros: runs }, corrections]
}

/**
 * The factors of both sides: items, attempts per item, calls per attempt, share of calls that are priced, tokens per priced
 * call, price per token. A ratio over nothing takes the other side's value, so that the factor that fell to zero carries
 * the change. Where money was spent on nothing counted (no tokens, no calls), the price is per the next counted thing.
 */
function factorsOf(before: SegmentUsage, after: SegmentUsage) {
  const chains = [before, after].map((usage) => {
    const allCalls = usage.calls + (usage.unpricedCalls ?? 0)
    return [1, usage.items, usage.attempts, allCalls, usage.calls, usage.tokens]
  })
  const costs = [before.pricedCostMicros, after.pricedCostMicros]
  let depth = 5
  while (depth > 1 && chains.some((chain, side) => costs[side] !== 0 && chain.slice(1, depth + 1).includes(0))) depth--
  const factors = chains.map((chain, side) => {
    const ratios: number[] = []
    for (let step = 1; step <= 5; step++) ratios.push(step > depth ? 1 : chain[step]! / chain[step - 1]!)
    ratios.push(costs[side]! / chain[depth]!)
    return ratios
  })
  const [old, now] = [factors[0]!, factors[1]!]
  for (let factor = 0; factor < old.length; factor++) {
    if (!Number.isFinite(old[factor]!)) old[factor] = Number.isFinite(now[factor]!) ? now[factor]! : 0
    if (!Number.isFinite(now[factor]!)) now[factor] = old[factor]!
  }
  return { old, now, isByToken: depth === 5 && before.tokens > 0 && after.tokens > 0 }
}
