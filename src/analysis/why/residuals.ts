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
  const values = Float64Array.from(measure)
  const isPast = Uint8Array.from(week, (one) => (one < historyWeeks ? 1 : 0))
  if (isRate) centre(values, isPast)
  else {
    const means = groupMeans(values, week, historyWeeks + 1, null, 0)
    for (let row = 0; row < values.length; row++) values[row]! -= means[week[row]!]!
  }

  const own = table.codes.filter((_, dimension) => !items.isAgentSide[dimension])
  const sizes = table.values.filter((_, dimension) => !items.isAgentSide[dimension]).map((one) => one.length)
  for (let pass = 0; pass < PASSES; pass++) {
    for (const [dimension, codes] of own.entries()) {
      const effects = groupMeans(values, codes, sizes[dimension]!, isPast, PRIOR_ITEMS)
      for (let row = 0; row < values.length; row++) values[row]! -= effects[codes[row]!]!
    }
  }

  undoLeverage(values, own, sizes, isPast)
  if (isRate) centre(values, isPast)
  else drawIn(values, isPast)
  const kept = sideOf(values, isPast, 1)
  const sigma = standardDeviation(kept)
  const level = mean(kept)
  const skewness = sigma > 0 ? mean(kept.map((value) => ((value - level) / sigma) ** 3)) : 0
  return { values, variance: sigma ** 2, skewness }
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
function undoLeverage(
  values: Float64Array,
  dimensions: readonly Int32Array[],
  sizes: readonly number[],
  isPast: Uint8Array,
): void {
  const leverage = new Float64Array(values.length)
  for (const [dimension, codes] of dimensions.entries()) {
    const count = new Float64Array(sizes[dimension]!).fill(PRIOR_ITEMS)
    for (let row = 0; row < values.length; row++) {
      if (isPast[row] === 1 && !Number.isNaN(values[row]!)) count[codes[row]!]! += 1
    }
    for (let row = 0; row < values.length; row++) leverage[row]! += 1 / count[codes[row]!]!
  }
  for (let row = 0; row < values.length; row++) {
    if (isPast[row] === 1) values[row]! /= 1 - Math.min(0.5, leverage[row]!)
  }
}

/** The measured values of one side: 1 the past, 0 the current week. */
function sideOf(values: Float64Array, isPast: Uint8Array, side: 0 | 1): Float64Array {
  const own = new Float64Array(values.length)
  let count = 0
  for (let row = 0; row < values.length; row++) {
    if (isPast[row] === side && !Number.isNaN(values[row]!)) own[count++] = values[row]!
  }
  return own.slice(0, count)
}

/** Means of the wanted (all where null), measured rows by group; with `prior` rows of value 0 added to each. */
function groupMeans(
  values: Float64Array,
  groupOf: Int32Array,
  groups: number,
  isWanted: Uint8Array | null,
  prior: number,
): Float64Array {
  const sum = new Float64Array(groups)
  const count = new Float64Array(groups).fill(prior)
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row]!) || isWanted?.[row] === 0) continue
    sum[groupOf[row]!]! += values[row]!
    count[groupOf[row]!]! += 1
  }
  return sum.map((total, group) => (count[group]! > 0 ? total / count[group]! : 0))
}
