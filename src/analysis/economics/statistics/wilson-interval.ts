import type { Interval } from './interval.ts'
import { normalQuantile } from './student-quantile.ts'

/** Wilson's score interval of a share (E. B. Wilson, JASA 22, 1927). Null of nothing. */
export function wilsonInterval(successes: number, total: number, level: number): Interval | null {
  if (total === 0) return null
  const z = normalQuantile(level)
  const share = successes / total
  const centre = share + (z * z) / (2 * total)
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))
  const scale = 1 + (z * z) / total
  // At the ends the formula gives exactly 0 or 1 but for rounding.
  const low = successes === 0 ? 0 : Math.max(0, (centre - spread) / scale)
  const high = successes === total ? 1 : Math.min(1, (centre + spread) / scale)
  return { low, high, level }
}
