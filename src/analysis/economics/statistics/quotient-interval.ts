import type { Estimate } from './difference-interval.ts'
import type { Interval } from './interval.ts'

/**
 * Interval of above ÷ below of two estimates from their own intervals: MOVER-R (A. Donner and G. Y. Zou, Statistical
 * Methods in Medical Research 21, 2012). Null where the interval below does not stay above 0: the quotient could be anything.
 */
export function quotientInterval(above: Estimate, below: Estimate): Interval | null {
  const [a, b] = [above.value, below.value]
  const [low, high] = [above.interval, below.interval]
  if (high.low <= 0 || 2 * b - high.high <= 0) return null
  const root = (bound: number, other: number) =>
    Math.sqrt(Math.max(0, (a * b) ** 2 - bound * other * (2 * a - bound) * (2 * b - other)))
  return {
    low: (a * b - root(low.low, high.high)) / (high.high * (2 * b - high.high)),
    high: (a * b + root(low.high, high.low)) / (high.low * (2 * b - high.low)),
    level: above.interval.level,
  }
}
