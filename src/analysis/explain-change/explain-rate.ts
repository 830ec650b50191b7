import type { WorkItemFact } from '../../domain/facts.ts'
import type { Verdict } from '../../domain/finding.ts'
import { NOT_GIVEN, valueOfItem } from '../economics/item-dimensions.ts'
import { type Measured, measureMetric, type RateMetric } from '../economics/measure-metric.ts'
import { partOf } from '../shifts/part-of.ts'
import type { Segment } from '../why/segment.ts'
import { normalTailQuantile, standardDeviation } from '../why/statistics.ts'
import { createRateTable, sumSides, type Tally, variancesOf } from './rate-table.ts'

/** A segment in which a rate moved, with its own rates and those of everything else. */
export interface RateCause {
  segment: Segment
  /** Its part of the change, in the unit of the rate; parts and rest add up to the change. */
  part: number
  /** Part of the whole change. */
  share: number
  before: number
  after: number
  restBefore: number
  restAfter: number
  /** Items of the segment now. */
  n: number
  z: number
}

export interface RateExplanation {
  verdict: Verdict
  now: Measured
  before: Measured
  cause: RateCause | null
  /** The part of the change that is a shift of the mix of the segment and the rest, not of their rates. */
  mix: number
}

export interface RateQuestion {
  metric: RateMetric
  /** Closed items of the period and of each usual period before it (at least the one compared with, which is `compared`). */
  now: readonly WorkItemFact[]
  history: readonly (readonly WorkItemFact[])[]
  compared: number
  dimensions: readonly string[]
  /** Those of them that tell how the agent worked, not what the work was. */
  agentDimensions: readonly string[]
  timeZone: string
  isComplete: boolean
}

const LEAST_NOW = 10
const LEAST_PAST = 20
const LEAST_SHARE = 0.3
/** A smaller step of the segment's own rate, relative to it, is nobody's business. */
const LEAST_STEP = 0.05
/** Beyond this part of all items the rest tells nothing. */
const MOST_OF_ALL = 0.9
/** A part of a segment is named in its place where it holds this part of its change. */
const HOLDS_IT_ALL = 0.9
/** Probability that a quiet period names a segment, over all that are tried. */
const ERROR_BUDGET = 0.02
const LEAST_Z = 3.5
const MOST_VALUES = 30
/** Beyond it single attributes alone are tried: an answer is to take a second or two. */
const MOST_ITEMS_FOR_PAIRS = 40_000

/**
 * Why a rate (attempts, tokens a call, resolved or overruled share) changed: beyond its usual swing or not, and the one segment
 * of one or two attributes in which it did, if one stands out against all others. Pure; the same items give the same answer.
 */
export function explainRate(question: RateQuestion): RateExplanation {
  const { metric, now: items, history, compared } = question
  const now = measureMetric(metric, items)
  const before = measureMetric(metric, history[compared] ?? [])
  const none = { now, before, cause: null, mix: 0 }
  const past = history.flat()
  if (items.length < LEAST_NOW || past.length < LEAST_PAST || now.value === null || before.value === null) {
    return { ...none, verdict: 'not_enough_data' }
  }
  if (!question.isComplete) return { ...none, verdict: 'data_incomplete' }
  const cause = now.value === before.value ? null : findSegment(question, now.value - before.value)
  if (cause) return { ...none, verdict: 'cause_found', cause: cause.cause, mix: cause.mix }
  return { ...none, verdict: isUsual(question) ? 'within_normal_variation' : 'broad' }
}

/** Within two standard errors of what the usual periods lead one to expect; these swing by chance, and by more. */
function isUsual({ metric, now, history }: RateQuestion): boolean {
  const values = history.flatMap((items) => measureMetric(metric, items).value ?? [])
  const all = tally(metric, history.flat())
  const current = tally(metric, now)
  const pooled = (all.numerator + current.numerator) / (all.denominator + current.denominator)
  const chance = Math.sqrt(varianceOf(metric, now, pooled))
  const swing = values.length > 2 ? standardDeviation(values) : 0
  const sigma = Math.hypot(chance, swing) * Math.sqrt(1 + 1 / Math.max(1, values.length))
  const limit = 1.96 * (1 + 1.2 / Math.max(1, values.length - 1))
  return Math.abs(current.numerator / current.denominator - all.numerator / all.denominator) <= limit * sigma
}

function findSegment(question: RateQuestion, change: number): { cause: RateCause; mix: number } | null {
  const { metric, now, history, compared, dimensions, agentDimensions, timeZone } = question
  const table = createRateTable(metric, now, history, compared)
  const segments = candidates([...now, ...history.flat()], dimensions, agentDimensions, timeZone)
  const limit = Math.max(LEAST_Z, normalTailQuantile(ERROR_BUDGET / 2 / Math.max(1, segments.length)))
  const whole = { now: tally(metric, now), old: tally(metric, history[compared]!) }
  const found: { cause: RateCause; mix: number }[] = []
  for (const { segment, has } of segments) {
    const { sides, compared: old } = sumSides(table, has)
    const [inside, insidePast, outside, outsidePast] = sides
    if (inside.size < LEAST_NOW || insidePast.size < LEAST_PAST || inside.size > MOST_OF_ALL * now.length) continue
    if (outside.size === 0 || outsidePast.size === 0) continue
    const apart = contrastOf(inside, insidePast) - contrastOf(outside, outsidePast)
    const error = Math.sqrt(variancesOf(table, has, sides).reduce((sum, variance) => sum + variance, 0))
    const z = error === 0 ? 0 : apart / error
    if (Math.sign(z) !== Math.sign(change) || Math.abs(z) < limit) continue
    const split = splitChange({ now: inside, old }, whole)
    if (split === null || split.part / change < LEAST_SHARE) continue
    // Where the work moved into the segment (a version that was rolled out), it is the mix that moved and not the rate.
    if (Math.abs(split.mix) > Math.abs(split.part)) continue
    if (Math.abs(split.after - split.before) < LEAST_STEP * Math.abs(split.before)) continue
    const cause: RateCause = {
      ...{ segment, part: split.part, share: split.part / change, n: inside.size, z },
      ...{ before: split.before, after: split.after, restBefore: split.restBefore, restAfter: split.restAfter },
    }
    found.push({ cause, mix: split.mix })
  }
  return plainest(found)
}

/** The surest; or the smallest part of it that holds nearly all of its change, where that part alone passed too. */
function plainest(found: readonly { cause: RateCause; mix: number }[]): { cause: RateCause; mix: number } | null {
  const best = found.reduce<(typeof found)[number] | null>(
    (top, one) => (top === null || Math.abs(one.cause.z) > Math.abs(top.cause.z) ? one : top),
    null,
  )
  if (best === null) return null
  // A condition that nearly all of a segment's items meet says nothing: the segment without it is named.
  const parents = found.filter(
    ({ cause }) => isWithin(cause.segment, best.cause.segment) && best.cause.n >= 0.95 * cause.n,
  )
  const base = parents.sort((a, b) => sizeOf(a.cause.segment) - sizeOf(b.cause.segment))[0] ?? best
  const parts = found.filter(
    ({ cause }) =>
      isWithin(base.cause.segment, cause.segment) &&
      cause.n < 0.95 * base.cause.n &&
      Math.abs(cause.part) >= HOLDS_IT_ALL * Math.abs(base.cause.part),
  )
  return parts.sort((a, b) => a.cause.n - b.cause.n)[0] ?? base
}

const sizeOf = (segment: Segment): number => Object.keys(segment).length

/** Whether every condition of the one is a condition of the other too. */
function isWithin(one: Segment, other: Segment): boolean {
  return Object.entries(one).every(([name, value]) => other[name] === value)
}

/** Kitagawa's symmetric split over the segment and the rest: own rate, mix, and the rest's rate add up to the change. */
function splitChange(own: { now: Tally; old: Tally }, whole: { now: Tally; old: Tally }) {
  const rest = { now: minus(whole.now, own.now), old: minus(whole.old, own.old) }
  if ([own.now, own.old, rest.now, rest.old].some((one) => one.denominator === 0)) return null
  const [after, before, restAfter, restBefore] = [own.now, own.old, rest.now, rest.old].map(
    (one) => one.numerator / one.denominator,
  ) as [number, number, number, number]
  const [weightNow, weightOld] = [
    own.now.denominator / whole.now.denominator,
    own.old.denominator / whole.old.denominator,
  ]
  const part = ((weightNow + weightOld) / 2) * (after - before)
  const mix = (weightNow - weightOld) * ((after + before) / 2 - (restAfter + restBefore) / 2)
  return { part, mix, after, before, restAfter, restBefore }
}

const minus = (whole: Tally, part: Tally): Tally => ({
  numerator: whole.numerator - part.numerator,
  denominator: whole.denominator - part.denominator,
})

function tally(metric: RateMetric, items: readonly WorkItemFact[]): Tally {
  let [numerator, denominator] = [0, 0]
  for (const item of items) {
    const part = partOf(metric, item)
    numerator += part.numerator
    denominator += part.denominator
  }
  return { numerator, denominator }
}

function contrastOf(now: Tally, past: Tally): number {
  return now.numerator / now.denominator - past.numerator / past.denominator
}

/** Of a ratio of sums, by its linear part about `ratio`. */
function varianceOf(metric: RateMetric, items: readonly WorkItemFact[], ratio: number): number {
  const { denominator } = tally(metric, items)
  const sum = items.reduce((total, item) => {
    const part = partOf(metric, item)
    return total + (part.numerator - ratio * part.denominator) ** 2
  }, 0)
  return Math.max(sum, 0.25) / denominator ** 2
}

/** Every value of one dimension, and every pair of values of two, that the items have; told of an item by its place among them. */
function candidates(
  items: readonly WorkItemFact[],
  dimensions: readonly string[],
  agentDimensions: readonly string[],
  timeZone: string,
) {
  const known = dimensions.flatMap((name) => {
    const codeOf = new Map<string | null, number>()
    const codes = Uint32Array.from(items, (item) => {
      const value = valueOfItem(item, name, timeZone)
      const code = codeOf.get(value) ?? codeOf.size
      codeOf.set(value, code)
      return code
    })
    const values = [...codeOf.keys()].filter((value) => value !== null && value !== NOT_GIVEN).sort()
    if (values.length > MOST_VALUES) return []
    return values.map((value) => {
      const own = codeOf.get(value)!
      return { name, value, has: (place: number) => codes[place] === own }
    })
  })
  const single = known.map(({ name, value, has }) => ({ segment: { [name]: value }, has }))
  // Versions replace one another: with an attribute beside them their rest would be old work against new.
  const ofWork = items.length > MOST_ITEMS_FOR_PAIRS ? [] : known.filter(({ name }) => !agentDimensions.includes(name))
  const pairs = ofWork.flatMap((one, at) =>
    ofWork.slice(at + 1).flatMap((other) => {
      if (one.name === other.name) return []
      const segment = { [one.name]: one.value, [other.name]: other.value }
      return [{ segment, has: (place: number) => one.has(place) && other.has(place) }]
    }),
  )
  return [...single, ...pairs]
}
