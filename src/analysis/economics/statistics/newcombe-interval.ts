import { differenceInterval } from './difference-interval.ts'
import type { Interval } from './interval.ts'
import { wilsonInterval } from './wilson-interval.ts'

export interface Share {
  successes: number
  total: number
}

/**
 * Interval of the difference of two independent shares, after − before: Newcombe's hybrid score interval, method 10
 * (R. G. Newcombe, Statistics in Medicine 17, 1998), which is MOVER on two Wilson intervals. Null where a side has nothing.
 */
export function newcombeInterval(after: Share, before: Share, level: number): Interval | null {
  const ofAfter = wilsonInterval(after.successes, after.total, level)
  const ofBefore = wilsonInterval(before.successes, before.total, level)
  if (!ofAfter || !ofBefore) return null
  return differenceInterval(
    { value: after.successes / after.total, interval: ofAfter },
    { value: before.successes / before.total, interval: ofBefore },
  )
}
