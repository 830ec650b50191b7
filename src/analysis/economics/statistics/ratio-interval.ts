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
export function ratioIntervalOf(
  numerators: Float64Array | Uint8Array,
  denominators: Float64Array | Uint8Array,
  level: number,
): Interval | null {
  const parts = new RatioParts()
  for (let index = 0; index < numerators.length; index++) parts.add(numerators[index]!, denominators[index]!)
  for (let index = 0; index < numerators.length; index++) parts.addAgain(numerators[index]!, denominators[index]!)
  return parts.interval(level)
}

/** The same of parts that are shown one by one, all of them twice and in the same order: no list of them is made. */
export class RatioParts {
  #size = 0
  #numerator = 0
  #denominator = 0
  #counted = 0
  #isNeverNegative = true
  #squares = 0
  #cubes = 0

  get size(): number {
    return this.#size
  }
  get numerator(): number {
    return this.#numerator
  }
  get denominator(): number {
    return this.#denominator
  }

  /** Shows a part for the first time. */
  add(numerator: number, denominator: number): void {
    this.#size++
    this.#numerator += numerator
    this.#denominator += denominator
    if (denominator !== 0) this.#counted++
    if (!(numerator >= 0)) this.#isNeverNegative = false
  }

  /** Shows it again, after all have been shown once. */
  addAgain(numerator: number, denominator: number): void {
    const residual = numerator - (this.#numerator / this.#denominator) * denominator
    this.#squares += residual * residual
    this.#cubes += residual * residual * residual
  }

  /** Null where there are too few parts, or all alike. */
  interval(level: number): Interval | null {
    const size = this.#size
    if (size < LEAST_ITEMS_FOR_RATIO || this.#counted < LEAST_DENOMINATOR_ITEMS || this.#denominator <= 0) return null
    // No item differs from another: that says nothing about how much others would.
    if (this.#squares === 0) return null
    const ratio = this.#numerator / this.#denominator
    const standardError = (Math.sqrt(this.#squares / (size - 1)) * Math.sqrt(size)) / this.#denominator
    const skewness = this.#cubes / size / (this.#squares / size) ** 1.5 / Math.sqrt(size)
    const quantile = studentQuantile(level, size - 1)
    const bound = (y: number) => ratio - standardError * withoutSkewness(y, skewness)
    const low = bound(quantile)
    return { low: this.#isNeverNegative ? Math.max(0, low) : low, high: bound(-quantile), level }
  }
}

/** Inverse of Hall's g(t) = t + a·t²/3 + a²·t³/27 + a/6, a being the skewness over √n. */
function withoutSkewness(y: number, a: number): number {
  return Math.abs(a) < 1e-9 ? y : (3 / a) * (Math.cbrt(1 + a * (y - a / 6)) - 1)
}
