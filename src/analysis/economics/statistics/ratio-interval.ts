import type { Interval } from './interval.ts'
import { studentQuantile } from './student-quantile.ts'

/** One item's part of a ratio of sums: its cost and whether it counts below, say. */
export interface RatioPart {
  numerator: number
  denominator: number
}

/** Below this many items the interval would not cover as stated, so none is given. */
export const LEAST_ITEMS_FOR_RATIO = 20
const LEAST_DENOMINATOR_ITEMS = 5

/**
 * Interval of Σ numerator ÷ Σ denominator over independent items, as of the process that makes them. Delta-method standard
 * error from the linearised residuals a − r·b (Cochran, Sampling Techniques, 6.4), with Hall's monotone transformation that
 * takes their skewness out (P. Hall, "On the removal of skewness by transformation", JRSS B 54, 1992): costs have a long
 * right tail, and the plain interval misses it. Null where there are too few items, or all alike.
 */
export function ratioInterval(parts: readonly RatioPart[], level: number): Interval | null {
  return ratioIntervalOf(
    Float64Array.from(parts, (part) => part.numerator),
    Float64Array.from(parts, (part) => part.denominator),
    level,
  )
}

/** The same of numerators and denominators in arrays of their own, as very many items have them. */
export function ratioIntervalOf(numerators: Float64Array, denominators: Float64Array, level: number): Interval | null {
  const size = numerators.length
  let numerator = 0
  let denominator = 0
  let counted = 0
  for (let index = 0; index < size; index++) {
    numerator += numerators[index]!
    denominator += denominators[index]!
    if (denominators[index] !== 0) counted++
  }
  if (size < LEAST_ITEMS_FOR_RATIO || counted < LEAST_DENOMINATOR_ITEMS || denominator <= 0) return null
  const ratio = numerator / denominator
  let squares = 0
  let cubes = 0
  for (let index = 0; index < size; index++) {
    const residual = numerators[index]! - ratio * denominators[index]!
    squares += residual * residual
    cubes += residual * residual * residual
  }
  // No item differs from another: that says nothing about how much others would.
  if (squares === 0) return null
  const standardError = (Math.sqrt(squares / (size - 1)) * Math.sqrt(size)) / denominator
  const skewness = cubes / size / (squares / size) ** 1.5 / Math.sqrt(size)
  const quantile = studentQuantile(level, size - 1)
  const bound = (y: number) => ratio - standardError * withoutSkewness(y, skewness)
  const low = bound(quantile)
  const isNeverNegative = numerators.every((one) => one >= 0)
  return { low: isNeverNegative ? Math.max(0, low) : low, high: bound(-quantile), level }
}

/** Inverse of Hall's g(t) = t + a·t²/3 + a²·t³/27 + a/6, a being the skewness over √n. */
function withoutSkewness(y: number, a: number): number {
  return Math.abs(a) < 1e-9 ? y : (3 / a) * (Math.cbrt(1 + a * (y - a / 6)) - 1)
}
