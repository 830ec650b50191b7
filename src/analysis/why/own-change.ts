import { expectedCount } from './contrast-tests.ts'
import type { Contrast } from './week-sums.ts'

/** Weeks of the past that tell a segment's latest number of items, apart from growth. */
const RECENT_WEEKS = 3
/** The part of a contrast that must be the segment's own movement. */
const OWN_PART = 0.4

/**
 * A contrast with the rest is as large when the rest moved as when the segment did. True where the segment itself moved: its
 * mean against its own past, without taking off what the week did to everything.
 * @param contrast of the measure as it is, not of residuals.
 */
export function isOwnChange(
  { n, h, nowSum, pastSum, totalN, totalH, totalNowSum, totalPastSum }: Contrast,
  direction: 1 | -1,
): boolean {
  if (n === 0) return false
  if (h === 0) return true
  const own = nowSum / n - pastSum / h
  const rest = (totalNowSum - nowSum) / (totalN - n) - (totalPastSum - pastSum) / (totalH - h)
  return direction * own >= OWN_PART * Math.abs(own - rest)
}

/** The same for numbers of items. @param recent the segment's items in each of the last weeks before the current one. */
export function isOwnGrowth(contrast: Contrast, recent: readonly number[], direction: 1 | -1): boolean {
  const last = recent.slice(-RECENT_WEEKS)
  const before = last.reduce((sum, count) => sum + count, 0) / Math.max(1, last.length)
  const own = Math.log((contrast.n + 0.5) / (before + 0.5))
  const apart = Math.log((contrast.n + 0.5) / (expectedCount(contrast) + 0.5))
  return direction * own >= OWN_PART * Math.abs(apart)
}
