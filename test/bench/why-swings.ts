import { drawNormal, type RandomSource } from '../../src/analysis/why/seeded-random.ts'
import type { Swing, Week, World } from './why-world.ts'

const WEEKEND_VOLUME = 0.35
/** Part of a week's swing that the next week keeps. */
const CARRIED = 0.5

/** A week's seven days: how much of the volume each has, and what each is like. */
export type Days = { readonly volume: Float64Array; readonly weeks: readonly Week[] }

/**
 * Days that differ: fewer items and another mix of the first dimension on weekends, attempts and tokens by weekday, and a swing
 * of every single day that all its items share. Returns what makes a week's days.
 */
export function drawDays(world: World, random: RandomSource): (week: Week) => Days {
  const usual = Array.from({ length: 7 }, () => ({
    attempts: 0.1 * drawNormal(random),
    tokens: 0.15 * drawNormal(random),
  }))
  const weekendMix = world.weights[0]!.map(() => 0.5 * drawNormal(random))
  return (week) => {
    const volume = Float64Array.from(
      { length: 7 },
      (_, day) => (day >= 5 ? WEEKEND_VOLUME : 1) * Math.exp(0.1 * drawNormal(random)),
    )
    const weeks = usual.map(({ attempts, tokens }, day): Week => {
      const weights = week.weights.map((values, dimension) =>
        dimension === 0 && day >= 5 ? values.map((weight, value) => weight * Math.exp(weekendMix[value]!)) : values,
      )
      const swing = { attempts: attempts + 0.1 * drawNormal(random), tokens: tokens + 0.08 * drawNormal(random) }
      return { ...week, weights, swing }
    })
    return { volume, weeks }
  }
}

/** Swings of every value of every dimension from week to week, of its volume, attempts and tokens; half is carried over. */
export function createCarriedSwings(world: World, random: RandomSource): (week: Week) => Week {
  const step = (old: number, sigma: number) => CARRIED * old + Math.sqrt(1 - CARRIED ** 2) * sigma * drawNormal(random)
  let swings = world.weights.map((weights) => weights.map(() => ({ volume: 0, attempts: 0, tokens: 0 })))
  return (week) => {
    swings = swings.map((values) =>
      values.map(({ volume, attempts, tokens }) => ({
        volume: step(volume, 0.06),
        attempts: step(attempts, 0.05),
        tokens: step(tokens, 0.04),
      })),
    )
    const weights = week.weights.map((values, dimension) =>
      values.map((weight, value) => weight * Math.exp(swings[dimension]![value]!.volume)),
    )
    return { ...week, weights, valueSwings: swings satisfies readonly (readonly Swing[])[] }
  }
}
