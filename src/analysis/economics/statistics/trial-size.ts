import { normalTailQuantile } from '../../why/statistics.ts'

const MISSED_CLAIM = 0.2

/**
 * Items on each side of a trial that shows, with 95 % confidence (or 1 − `falseClaim`) and in 80 % of
 * trials, that a share is not worse by more
 * than `margin` where it is in truth equal to `share`: 2 (z₀.₀₅ + z₀.₂)² p (1 − p) ÷ margin² (Blackwelder, Controlled
 * Clinical Trials 3, 1982). A share near 0 or 1 is taken as 5 % from it, because it is only an estimate.
 */
export function trialSize(share: number, margin: number, falseClaim = 0.05): number {
  const p = Math.min(0.95, Math.max(0.05, share))
  const z = normalTailQuantile(falseClaim) + normalTailQuantile(MISSED_CLAIM)
  return Math.ceil((2 * z * z * p * (1 - p)) / (margin * margin))
}
