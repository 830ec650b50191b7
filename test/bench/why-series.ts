import type { DayValue } from '../../src/analysis/why/detect-shift.ts'
import { createRandom, drawNormal } from '../../src/analysis/why/seeded-random.ts'

export type SeriesPlan = {
  readonly seed: number
  /** Noise of a day: independent normal; the same on growth of 1 % a week; day-to-day correlation .4; one day in 30 wild. */
  readonly kind: 'plain' | 'growth' | 'correlated' | 'heavy'
  readonly step?: { readonly at: number; readonly sigmas: number }
  readonly days?: number
}

/** A simulated daily series with weekday effects and a noise of 10 %, a year long unless told otherwise. */
export function simulateDays({ seed, kind, step, days = 365 }: SeriesPlan): DayValue[] {
  const random = createRandom(seed)
  const sigma = 0.1
  const weekdayEffect = Array.from({ length: 7 }, (_, weekday) => (weekday >= 5 ? -0.8 : 0.15 * drawNormal(random)))
  const direction = random() < 0.5 ? -1 : 1
  let noise = 0
  return Array.from({ length: days }, (_, day) => {
    const carried = kind === 'correlated' ? 0.4 : 0
    noise = carried * noise + Math.sqrt(1 - carried * carried) * sigma * drawNormal(random)
    const wild = kind === 'heavy' && random() < 1 / 30 ? sigma * 6 * drawNormal(random) : 0
    const growth = kind === 'growth' ? (0.01 * day) / 7 : 0
    const shift = step && day >= step.at ? direction * step.sigmas * sigma : 0
    const level = 5 + weekdayEffect[day % 7]! + growth + shift + noise + wild
    return {
      date: new Date(Date.UTC(2025, 0, 6 + day)).toISOString().slice(0, 10),
      weekday: day % 7,
      value: Math.exp(level),
    }
  })
}
