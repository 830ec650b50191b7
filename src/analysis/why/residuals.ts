import { giveBack } from '../../domain/give-back.ts'
import { scratch } from '../../domain/scratch.ts'
import type { ItemTable } from './item-table.ts'
import { clamp, mean, median, robustSigma, standardDeviation } from './statistics.ts'

export type Residuals = {
  /** One an item; NaN where not measured. */
  readonly values: Float64Array
  /** Variance and skewness of one item's residual in the history. */
  readonly variance: number
  readonly skewness: number
}

const PRIOR_ITEMS = 10
const PASSES = 4

/**
 * What is left of a measure when each week's mean and the usual effects of the work's own dimensions (shrunk, additive, from
 * the history alone) are taken off; then centred by side and drawn in at three standard deviations. Dimensions of the
 * agent are left in: they are ways in which a cause acts (a dearer model, say), and taking them off would hide it.
 * @param isRate of values 0 and 1, which keep what a week did to all of them and are not drawn in, so that sums stay numbers of items.
 */
export function residualsOf(items: ItemTable, measure: Float64Array, isRate = false): Residuals {
  const { table, week, historyWeeks } = items
  const values = measure.slice()
  const isPast = scratch(Uint8Array, week.length)
  for (let row = 0; row < week.length; row++) isPast[row] = week[row]! < historyWeeks ? 1 : 0
  if (isRate) centre(values, isPast)
  else {
    const means = weekMeans(values, week, historyWeeks + 1)
    for (let row = 0; row < values.length; row++) values[row]! -= means[week[row]!]!
  }

  const isCounted = isPast.slice()
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row]!)) isCounted[row] = 0
  const own = table.codes.flatMap((codes, dimension) =>
    items.isAgentSide[dimension] ? [] : [createEffect(codes, table.values[dimension]!.length, isCounted)],
  )
  takeOffEffects(values, own, isCounted)
  undoLeverage(values, own, isPast)
  if (isRate) centre(values, isPast)
  else drawIn(values, isPast)
  const kept = sideOf(values, isPast, 1)
  const sigma = standardDeviation(kept)
  return { values, variance: sigma ** 2, skewness: sigma > 0 ? skewnessOf(kept, sigma) : 0 }
}

function skewnessOf(values: Float64Array, sigma: number): number {
  const level = mean(values)
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += ((values[index]! - level) / sigma) ** 3
  return sum / values.length
}

/** A dimension with what each of its values adds, as far as it is known. */
type Effect = {
  readonly codes: Int32Array
  /** Of each value the measured items of the past, and the prior's. */
  readonly counts: Float64Array
  readonly effects: Float64Array
}

function createEffect(codes: Int32Array, values: number, isCounted: Uint8Array): Effect {
  const counts = new Float64Array(values).fill(PRIOR_ITEMS)
  for (let row = 0; row < codes.length; row++) if (isCounted[row] === 1) counts[codes[row]!]! += 1
  return { codes, counts, effects: new Float64Array(values) }
}

/** Dimension after dimension, several times over: what one takes off the next one does not find. */
function takeOffEffects(values: Float64Array, own: readonly Effect[], isCounted: Uint8Array): void {
  let last: Effect | null = null
  for (let pass = 0; pass < PASSES; pass++) {
    for (const effect of own) {
      const sums = new Float64Array(effect.effects.length)
      if (last !== null) takeOff(values, last)
      addUp(values, effect.codes, isCounted, sums)
      for (let value = 0; value < sums.length; value++) effect.effects[value] = sums[value]! / effect.counts[value]!
      last = effect
    }
  }
  if (last !== null) takeOff(values, last)
}

function takeOff(values: Float64Array, { codes, effects }: Effect): void {
  for (let row = 0; row < values.length; row++) values[row]! -= effects[codes[row]!]!
}

function addUp(values: Float64Array, codes: Int32Array, isCounted: Uint8Array, sums: Float64Array): void {
  for (let row = 0; row < values.length; row++) if (isCounted[row] === 1) sums[codes[row]!]! += values[row]!
}

/** Takes off what the past has on average. */
function centre(values: Float64Array, isPast: Uint8Array): void {
  const level = mean(sideOf(values, isPast, 1))
  for (let row = 0; row < values.length; row++) values[row]! -= level
}

/** Centres each side at its median, and draws in what lies far off. */
function drawIn(values: Float64Array, isPast: Uint8Array): void {
  const past = sideOf(values, isPast, 1)
  const pastCentre = past.length === 0 ? 0 : median(past)
  const now = sideOf(values, isPast, 0)
  const nowCentre = now.length === 0 ? 0 : median(now)
  // Where most items are alike (one attempt, no correction) the robust spread is next to nothing; the plain one still tells.
  const reach = 3 * Math.max(robustSigma(past), standardDeviation(past))
  for (let row = 0; row < values.length; row++) {
    values[row] = clamp(values[row]! - (isPast[row] === 1 ? pastCentre : nowCentre), -reach, reach)
  }
}

/**
 * Past items helped to fit the effects that are taken off them, so they lie closer to them than new items do; this undoes it,
 * which matters where values hold few items.
 */
function undoLeverage(values: Float64Array, own: readonly Effect[], isPast: Uint8Array): void {
  const leverage = new Float64Array(values.length)
  for (const { codes, counts } of own) {
    const parts = counts.map((count) => 1 / count)
    for (let row = 0; row < values.length; row++) leverage[row]! += parts[codes[row]!]!
  }
  for (let row = 0; row < values.length; row++) {
    if (isPast[row] === 1) values[row]! /= 1 - Math.min(0.5, leverage[row]!)
  }
  giveBack(leverage)
}

/** The measured values of one side: 1 the past, 0 the current week. */
function sideOf(values: Float64Array, isPast: Uint8Array, side: 0 | 1): Float64Array {
  const own = new Float64Array(values.length)
  let count = 0
  for (let row = 0; row < values.length; row++) {
    if (isPast[row] === side && !Number.isNaN(values[row]!)) own[count++] = values[row]!
  }
  const known = own.slice(0, count)
  giveBack(own)
  return known
}

/** Means of the measured rows by week; 0 where a week has none. */
function weekMeans(values: Float64Array, week: Int32Array, weeks: number): Float64Array {
  const [sum, count] = [new Float64Array(weeks), new Float64Array(weeks)]
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row]!)) continue
    sum[week[row]!]! += values[row]!
    count[week[row]!]! += 1
  }
  return sum.map((total, one) => (count[one]! > 0 ? total / count[one]! : 0))
}
