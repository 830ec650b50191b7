import { scratch } from '../../domain/scratch.ts'
import type { CandidateSet } from './candidates.ts'
import { addMaximum, type DrawInput, type Maxima, noMaxima } from './maxima.ts'
import type { RandomSource } from './seeded-random.ts'
import { keepRows, rowsWhere } from './usage-table.ts'
import type { Contrast } from './week-sums.ts'

const DRAWS = 60
/** As many as `addDrawn` is written for. */
const DRAWS_AT_ONCE = 4

/** A past so long that its own noise is nothing. */
const ENDLESS = 1e12
const EMPTY: Contrast = { n: 0, h: 0, nowSum: 0, pastSum: 0, totalN: 0, totalH: 0, totalNowSum: 0, totalPastSum: 0 }

/** Largest scores where nothing happened: which of the items are the current ones is drawn anew. */
export function drawCountMaxima(input: DrawInput): Maxima {
  const { set, week, historyWeeks, value, random, test } = input
  const pool = measuredRows(value)
  const current = keepRows(pool, (row) => week[row] === historyWeeks).length
  const size = totalsOf(input)
  const maxima = noMaxima()
  const counts = new Float64Array(set.candidates.length)
  const contrast = { ...EMPTY, totalN: current, totalH: pool.length - current }
  for (let round = 0; round < DRAWS; round++) {
    counts.fill(0)
    drawCounts(set, pool, current, random, counts)
    addMaximum(input, maxima, (candidate) => {
      contrast.n = counts[candidate]!
      contrast.h = size[candidate]! - contrast.n
      return test.score(contrast, 0)
    })
  }
  return maxima
}

function drawCounts(
  { memberStart, members }: CandidateSet,
  pool: Int32Array,
  current: number,
  random: RandomSource,
  counts: Float64Array,
): void {
  for (let drawn = 0; drawn < current; drawn++) {
    const other = drawn + Math.floor(random() * (pool.length - drawn))
    const row = pool[other]!
    pool[other] = pool[drawn]!
    pool[drawn] = row
    const end = memberStart[row + 1]!
    for (let member = memberStart[row]!; member < end; member++) counts[members[member]!]! += 1
  }
}

/** Largest scores where nothing happened: current residuals are drawn from those of the history. */
export function drawMeanMaxima(input: DrawInput): Maxima {
  const { set, week, historyWeeks, value, random, sums, test } = input
  const measured = measuredRows(value)
  const current = keepRows(measured, (row) => week[row] === historyWeeks)
  const past = keepRows(measured, (row) => week[row] !== historyWeeks)
  const maxima = noMaxima()
  const drawn = scratch(Float64Array, current.length * DRAWS_AT_ONCE)
  const drawnSums = scratch(Float64Array, set.candidates.length * DRAWS_AT_ONCE)
  for (let round = 0; round < DRAWS; round += DRAWS_AT_ONCE) {
    const totals = Array.from({ length: DRAWS_AT_ONCE }, (_, draw) => drawValues(value, past, random, drawn, draw))
    drawnSums.fill(0)
    addDrawn(set, current, drawn, drawnSums)
    for (const [draw, totalNowSum] of totals.entries()) {
      const contrast = { ...EMPTY, h: ENDLESS, totalN: current.length, totalH: 2 * ENDLESS, totalNowSum }
      addMaximum(input, maxima, (candidate) => {
        contrast.n = sums.count[candidate * sums.weeks + historyWeeks]!
        contrast.nowSum = drawnSums[candidate * DRAWS_AT_ONCE + draw]!
        return test.score(contrast, 0)
      })
    }
  }
  return maxima
}

/** One value for each current item. Returns their sum. */
function drawValues(
  value: Float64Array,
  past: Int32Array,
  random: RandomSource,
  drawn: Float64Array,
  draw: number,
): number {
  let total = 0
  for (let place = draw; place < drawn.length; place += DRAWS_AT_ONCE) {
    const one = value[past[Math.floor(random() * past.length)]!]!
    drawn[place] = one
    total += one
  }
  return total
}

/** Several draws at once: what takes time is to go through the members. */
function addDrawn(
  { memberStart, members }: CandidateSet,
  current: Int32Array,
  drawn: Float64Array,
  sums: Float64Array,
): void {
  for (let index = 0; index < current.length; index++) {
    const row = current[index]!
    const [first, second] = [drawn[index * DRAWS_AT_ONCE]!, drawn[index * DRAWS_AT_ONCE + 1]!]
    const [third, fourth] = [drawn[index * DRAWS_AT_ONCE + 2]!, drawn[index * DRAWS_AT_ONCE + 3]!]
    const end = memberStart[row + 1]!
    for (let member = memberStart[row]!; member < end; member++) {
      const at = members[member]! * DRAWS_AT_ONCE
      sums[at]! += first
      sums[at + 1]! += second
      sums[at + 2]! += third
      sums[at + 3]! += fourth
    }
  }
}

function measuredRows(value: Float64Array): Int32Array {
  return rowsWhere({ rowCount: value.length }, (row) => !Number.isNaN(value[row]!))
}

function totalsOf({ set, sums }: DrawInput): Float64Array {
  return Float64Array.from(set.candidates, (_, candidate) =>
    sums.count.subarray(candidate * sums.weeks, (candidate + 1) * sums.weeks).reduce((sum, one) => sum + one, 0),
  )
}
