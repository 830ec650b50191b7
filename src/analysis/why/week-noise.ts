import type { CandidateSet } from './candidates.ts'
import type { ContrastTest } from './contrast-tests.ts'
import { contrastWeek, type WeekSums } from './week-sums.ts'

/** Excess variance taken where the history is too short to measure it: counts swing by some 25 %, means by some 12 %. */
export const UNMEASURED_PHI = { count: 0.06, mean: 0.015 }

/** Observations by which the estimate of a cuboid is drawn to that of all: one alone swings widely, and the largest is taken. */
const POOLED = 20

/** First week that is predicted from those before it. */
export function firstBacktestWeek(historyWeeks: number): number {
  return historyWeeks >= 5 ? 3 : Math.max(1, historyWeeks - 2)
}

/**
 * How much more candidates swing from week to week than independent items would (phi), each week of the history predicted
 * from the weeks before it. A candidate takes the largest of its cuboid's and of the cuboids it refines, each drawn to
 * the pool's, or more where its own past was worse. @param unmeasured what to take where no week can be predicted.
 */
export function estimateWeekNoise(
  set: CandidateSet,
  eligible: readonly number[],
  sums: WeekSums,
  historyWeeks: number,
  test: ContrastTest,
  unmeasured: number,
): Float64Array {
  const excess = new Float64Array(set.candidates.length)
  const weight = new Float64Array(set.candidates.length)
  let observations = 0
  for (const candidate of eligible) {
    for (let now = firstBacktestWeek(historyWeeks); now < historyWeeks; now++) {
      const result = test.measure(contrastWeek(sums, candidate, now))
      if (!result || result.variance === 0) continue
      excess[candidate]! += result.difference ** 2 / result.variance - 1
      weight[candidate]! += result.weight / result.variance
      observations++
    }
  }
  if (historyWeeks < 3 || observations === 0) return new Float64Array(set.candidates.length).fill(unmeasured)

  // What an observation weighs on average: so much of the pool's mean is added to each cuboid's own few.
  const usualWeight = weight.reduce((sum, one) => sum + one, 0) / observations
  const groupExcess = new Float64Array(set.groups.length)
  const groupWeight = new Float64Array(set.groups.length)
  for (const [candidate, { group }] of set.candidates.entries()) {
    groupExcess[group]! += excess[candidate]!
    groupWeight[group]! += weight[candidate]!
  }
  const ratio = (part: number, whole: number) => (whole > 0 ? Math.max(0, part / whole) : 0)
  const pool = ratio(
    excess.reduce((sum, one) => sum + one, 0),
    weight.reduce((sum, one) => sum + one, 0),
  )
  return Float64Array.from(set.candidates, ({ group }, candidate) => {
    const shared = set.groups[group]!.within.reduce((largest, one) => {
      const own = groupExcess[one]! + POOLED * usualWeight * pool
      return Math.max(largest, ratio(own, groupWeight[one]! + POOLED * usualWeight))
    }, 0)
    return Math.max(shared, 0.5 * shared + 0.5 * ratio(excess[candidate]!, weight[candidate]!))
  })
}
