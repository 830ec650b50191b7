import type { Estimate } from './difference-interval.ts'
import { LEVEL } from './interval.ts'
import { studentQuantile } from './student-quantile.ts'

/** Amounts on both sides of one stratum, and how much the stratum counts. */
export interface MeanStratum {
  exposed: Float64Array
  unexposed: Float64Array
  weight: number
}

/** Weighted difference of means, exposed − unexposed, held inside strata, with its Student interval; null over nothing. */
export function stratifiedMeanDifference(strata: readonly MeanStratum[], level = LEVEL): Estimate | null {
  let [weights, value, variance, size] = [0, 0, 0, 0]
  for (const { exposed, unexposed, weight } of strata) {
    if (exposed.length === 0 || unexposed.length === 0) continue
    const [one, other] = [momentsOf(exposed), momentsOf(unexposed)]
    weights += weight
    value += weight * (one.mean - other.mean)
    variance += weight ** 2 * (one.variance / exposed.length + other.variance / unexposed.length)
    size += exposed.length + unexposed.length
  }
  if (weights === 0 || size < 4) return null
  const reach = (studentQuantile(level, size - 2) * Math.sqrt(variance)) / weights
  const middle = value / weights
  return { value: middle, interval: { low: middle - reach, high: middle + reach, level } }
}

function momentsOf(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, variance: values.length < 2 ? 0 : squares / (values.length - 1) }
}
