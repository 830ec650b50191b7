import type { CandidateSet } from './candidates.ts'
import type { ContrastTest } from './contrast-tests.ts'
import type { RandomSource } from './seeded-random.ts'
import { mean, standardDeviation } from './statistics.ts'
import { type Contrast, contrastWeek, type WeekSums } from './week-sums.ts'

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

const DRAWS = 60
const EULER = 0.5772

/** Largest scores where nothing happened: which of the items are the current ones is drawn anew. */
export function drawCountMaxima(input: DrawInput): Maxima {
  const { week, historyWeeks, value, random } = input
  const pool = Int32Array.from(week.keys()).filter((row) => !Number.isNaN(value[row]!))
  const current = pool.filter((row) => week[row] === historyWeeks).length
  const size = totalsOf(input)
  return drawMaxima(input, (sums) => {
    for (let drawn = 0; drawn < current; drawn++) {
      const other = drawn + Math.floor(random() * (pool.length - drawn))
      const row = pool[other]!
      pool[other] = pool[drawn]!
      pool[drawn] = row
      addToMembers(input.set, row, 1, sums)
    }
    const contrast = { ...EMPTY, totalN: current, totalH: pool.length - current }
    return (candidate, n) => {
      contrast.n = n
      contrast.h = size[candidate]! - n
      return contrast
    }
  })
}

/** Largest scores where nothing happened: current residuals are drawn from those of the history. */
export function drawMeanMaxima(input: DrawInput): Maxima {
  const { week, historyWeeks, value, random, sums } = input
  const measured = Int32Array.from(week.keys()).filter((row) => !Number.isNaN(value[row]!))
  const current = measured.filter((row) => week[row] === historyWeeks)
  const past = measured.filter((row) => week[row] !== historyWeeks)
  return drawMaxima(input, (drawnSums) => {
    let total = 0
    for (const row of current) {
      const drawn = value[past[Math.floor(random() * past.length)]!]!
      total += drawn
      addToMembers(input.set, row, drawn, drawnSums)
    }
    const contrast = { ...EMPTY, h: ENDLESS, totalN: current.length, totalH: 2 * ENDLESS, totalNowSum: total }
    return (candidate, nowSum) => {
      contrast.n = sums.count[candidate * sums.weeks + historyWeeks]!
      contrast.nowSum = nowSum
      return contrast
    }
  })
}

/** Largest scores of the history's own weeks, each against the weeks before it. */
export function backtestMaxima(input: DrawInput, phi: Float64Array, firstWeek: number): Maxima {
  const maxima: Maxima = { up: [[], [], [], []], down: [[], [], [], []] }
  for (let now = firstWeek; now < input.historyWeeks; now++) {
    addMaximum(input, maxima, (candidate) =>
      input.test.score(contrastWeek(input.sums, candidate, now), phi[candidate]!),
    )
  }
  return maxima
}

/** The score that the maximum exceeds with probability `alpha`: a Gumbel distribution fitted by its moments. */
export function gumbelThreshold(maxima: readonly number[], alpha: number): number {
  const beta = (standardDeviation(maxima) * Math.sqrt(6)) / Math.PI
  return mean(maxima) - EULER * beta - beta * Math.log(-Math.log(1 - alpha))
}

/** A past so long that its own noise is nothing. */
const ENDLESS = 1e12
const EMPTY: Contrast = { n: 0, h: 0, nowSum: 0, pastSum: 0, totalN: 0, totalH: 0, totalNowSum: 0, totalPastSum: 0 }

/**
 * Draws one week into `sums` (one a candidate) and tells the contrast of a candidate with its sum, good until the next one is
 * asked for.
 */
type Draw = (sums: Float64Array) => (candidate: number, sum: number) => Contrast

function drawMaxima(input: DrawInput, draw: Draw): Maxima {
  const maxima: Maxima = { up: [[], [], [], []], down: [[], [], [], []] }
  const sums = new Float64Array(input.set.candidates.length)
  for (let round = 0; round < DRAWS; round++) {
    sums.fill(0)
    const contrastOf = draw(sums)
    addMaximum(input, maxima, (candidate) => input.test.score(contrastOf(candidate, sums[candidate]!), 0))
  }
  return maxima
}

function addToMembers({ memberStart, members }: CandidateSet, row: number, value: number, sums: Float64Array): void {
  const end = memberStart[row + 1]!
  for (let member = memberStart[row]!; member < end; member++) sums[members[member]!]! += value
}

function addMaximum(input: DrawInput, maxima: Maxima, scoreOf: (candidate: number) => number | null): void {
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

function totalsOf({ set, sums }: DrawInput): Float64Array {
  return Float64Array.from(set.candidates, (_, candidate) =>
    sums.count.subarray(candidate * sums.weeks, (candidate + 1) * sums.weeks).reduce((sum, one) => sum + one, 0),
  )
}
