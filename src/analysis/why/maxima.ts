import type { CandidateSet } from './candidates.ts'
import type { ContrastTest } from './contrast-tests.ts'
import type { RandomSource } from './seeded-random.ts'
import { contrastWeek, type WeekSums } from './week-sums.ts'

/**
 * Largest scores upward and downward (as positive numbers) of each draw or week: of segments of one, two and three dimensions at
 * 1, 2 and 3, of all together at 0.
 */
export type Maxima = { readonly up: readonly number[][]; readonly down: readonly number[][] }

export type DrawInput = {
  readonly set: CandidateSet
  readonly eligible: readonly number[]
  readonly week: Int32Array
  readonly historyWeeks: number
  /** What is tested: NaN where not measured. For counts any number. */
  readonly value: Float64Array
  readonly sums: WeekSums
  readonly test: ContrastTest
  readonly random: RandomSource
}

/** Largest scores of the history's own weeks, each against the weeks before it. */
export function backtestMaxima(input: DrawInput, phi: Float64Array, firstWeek: number): Maxima {
  const maxima = noMaxima()
  for (let now = firstWeek; now < input.historyWeeks; now++) {
    addMaximum(input, maxima, (candidate) =>
      input.test.score(contrastWeek(input.sums, candidate, now), phi[candidate]!),
    )
  }
  return maxima
}

export function noMaxima(): Maxima {
  return { up: [[], [], [], []], down: [[], [], [], []] }
}

/** Adds the largest scores of one draw or week. */
export function addMaximum(input: DrawInput, maxima: Maxima, scoreOf: (candidate: number) => number | null): void {
  const up = [0, 0, 0, 0]
  const down = [0, 0, 0, 0]
  for (const candidate of input.eligible) {
    const { isPrior, depth } = input.set.groups[input.set.candidates[candidate]!.group]!
    if (isPrior) continue
    const score = scoreOf(candidate) ?? 0
    up[depth] = Math.max(up[depth]!, score)
    down[depth] = Math.max(down[depth]!, -score)
  }
  up[0] = Math.max(...up)
  down[0] = Math.max(...down)
  for (const depth of [0, 1, 2, 3]) {
    maxima.up[depth]!.push(up[depth]!)
    maxima.down[depth]!.push(down[depth]!)
  }
}
