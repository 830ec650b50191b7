import { type Interval, LEVEL } from './interval.ts'
import { newcombeInterval, type Share } from './newcombe-interval.ts'

/** Two shares inside one stratum (segment). */
export interface Stratum {
  exposed: Share
  unexposed: Share
}

/**
 * The difference of two shares, exposed − unexposed, held inside strata: Mantel–Haenszel weights, and the stratified
 * Newcombe interval (X. Yan and X. G. Su, Statistics in Biopharmaceutical Research 2, 2010). Strata with one side only
 * compare nothing and are left out; null where none is left.
 */
export function stratifiedDifference(
  strata: readonly Stratum[],
  level = LEVEL,
): { value: number; interval: Interval; n: number } | null {
  let [weights, value, down, up, n] = [0, 0, 0, 0, 0]
  for (const { exposed, unexposed } of strata) {
    const interval = newcombeInterval(exposed, unexposed, level)
    if (!interval) continue
    const size = exposed.total + unexposed.total
    const weight = (exposed.total * unexposed.total) / size
    const difference = exposed.successes / exposed.total - unexposed.successes / unexposed.total
    weights += weight
    value += weight * difference
    down += (weight * (difference - interval.low)) ** 2
    up += (weight * (interval.high - difference)) ** 2
    n += size
  }
  if (weights === 0) return null
  const middle = value / weights
  return {
    value: middle,
    interval: { low: middle - Math.sqrt(down) / weights, high: middle + Math.sqrt(up) / weights, level },
    n,
  }
}
