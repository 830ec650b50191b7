import { giveBack } from '../../domain/give-back.ts'

/** The standard normal's upper tail P(Z > z). Numerical Recipes' erfc, relative error below 1.2e-7. */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.5 * x)
  const poly =
    t *
    (1.00002368 +
      t *
        (0.37409196 +
          t *
            (0.09678418 +
              t *
                (-0.18628806 +
                  t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))))
  const tail = 0.5 * t * Math.exp(-x * x - 1.26551223 + poly)
  return z >= 0 ? tail : 1 - tail
}

/** The z with P(Z > z) = tail, by bisection on normalTail; tail in (0, 1). */
export function normalTailQuantile(tail: number): number {
  let low = -40
  let high = 40
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    if (normalTail(middle) > tail) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The middle value (mean of the two middle ones); NaN of nothing. No value may be NaN. Leaves its argument as it is. */
export function median(values: ArrayLike<number>): number {
  if (values.length === 0) return Number.NaN
  const left = new Float64Array(values)
  const middle = middleOf(left)
  giveBack(left)
  return middle
}

/** Reorders its argument, of which there is at least one. */
function middleOf(left: Float64Array): number {
  const count = left.length
  const upper = selectRank(left, count >> 1)
  if (count % 2 === 1) return upper
  let lower = Number.NEGATIVE_INFINITY
  for (let index = 0; index < count >> 1; index++) if (left[index]! > lower) lower = left[index]!
  return lower + (upper - lower) * 0.5
}

/**
 * The value of the given rank (0: the least) by Hoare's selection, in O(n) as a rule; what comes before that place is then at
 * most it. Reorders its argument. Values must be numbers.
 */
function selectRank(values: Float64Array, rank: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]!
    let left = low
    let right = high
    while (left <= right) {
      while (values[left]! < pivot) left++
      while (values[right]! > pivot) right--
      if (left > right) break
      const kept = values[left]!
      values[left++] = values[right]!
      values[right--] = kept
    }
    if (rank <= right) high = right
    else if (rank >= left) low = left
    else break
  }
  return values[rank]!
}

/** The p-quantile of rising values, linear between neighbours; NaN of nothing. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN
  const position = p * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (position - below)
}

/** Consistency factor: for normal values 1.4826 times the median absolute deviation is the standard deviation. */
export const MAD_TO_SIGMA = 1.4826

/** Robust standard deviation about the median. */
export function robustSigma(values: ArrayLike<number>): number {
  const centre = median(values)
  const distances = new Float64Array(values.length)
  for (let index = 0; index < distances.length; index++) distances[index] = Math.abs(values[index]! - centre)
  const sigma = MAD_TO_SIGMA * median(distances)
  giveBack(distances)
  return sigma
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]!
  return sum / values.length
}

/** Sample standard deviation (n − 1); 0 for fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return 0
  const centre = mean(values)
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += (values[index]! - centre) ** 2
  return Math.sqrt(sum / (values.length - 1))
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

const EULER = 0.5772

/** What a further maximum exceeds with probability `alpha`: a Gumbel distribution fitted by its moments. */
export function gumbelThreshold(maxima: readonly number[], alpha: number): number {
  const beta = (standardDeviation(maxima) * Math.sqrt(6)) / Math.PI
  return mean(maxima) - EULER * beta - beta * Math.log(-Math.log(1 - alpha))
}
