import { normalTailQuantile } from '../../why/statistics.ts'

/** The z that a standard normal exceeds with probability (1 − level) / 2: 1.645 for a level of 0.9. */
export function normalQuantile(level: number): number {
  return normalTailQuantile((1 - level) / 2)
}

/**
 * The t of Student's distribution that holds the middle `level`: Fisher's expansion about the normal quantile (Abramowitz
 * and Stegun 26.7.5), within 0.1 % from 8 degrees of freedom on.
 */
export function studentQuantile(level: number, degreesOfFreedom: number): number {
  const z = normalQuantile(level)
  const v = degreesOfFreedom
  return (
    z +
    (z ** 3 + z) / (4 * v) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * v ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * v ** 3)
  )
}
