import type { Interval } from './interval.ts'

export interface Estimate {
  value: number
  interval: Interval
}

/**
 * Interval of a difference (after − before) of two independent estimates from their own intervals: MOVER, the method of
 * variance estimates recovery (Zou and Donner, Statistics in Medicine 27, 2008). Keeps the asymmetry of the two.
 */
export function differenceInterval(after: Estimate, before: Estimate): Interval {
  const difference = after.value - before.value
  const down = Math.hypot(after.value - after.interval.low, before.interval.high - before.value)
  const up = Math.hypot(after.interval.high - after.value, before.value - before.interval.low)
  return { low: difference - down, high: difference + up, level: after.interval.level }
}
