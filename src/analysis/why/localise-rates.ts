import type { CodedTable } from './coded-table.ts'
import { buildCuboids, segmentOfElement } from './cuboids.ts'
import type { Segment } from './segment.ts'
import { clamp, median } from './statistics.ts'

export type RateFinding = {
  readonly segment: Segment
  /** Bad units observed and expected in the segment at the time asked about, and all units there. */
  readonly observed: number
  readonly expected: number
  readonly total: number
}

/** Counts by row (one row per time and leaf): `bad` out of `total` units. */
export type RateRows = {
  readonly table: CodedTable
  readonly time: ArrayLike<number>
  readonly bad: ArrayLike<number>
  readonly total: ArrayLike<number>
}

const HISTORY_TIMES = 10
const LEAF_PRIOR_UNITS = 30
const DIMENSION_PRIOR_UNITS = 50
/** A past time whose overall rate exceeds the median by this factor was an anomaly of its own and is left out. */
const LOUD_TIME = 1.25
const MAX_DEPTH = 3
/** Two values that rose less alike than this (smaller by greater logarithm of the rise) are not one change. */
const LEAST_LIKENESS = 0.3

/**
 * Second regime: where a rate (bad out of total) rose at one time, against the last ten closed times before it. Answers the
 * one element, or the two values of one dimension, that hold most of the excess with the greatest rise:
 * (x/X)² · ln((O + ½)/(E + ½)). Meant for a change that was already detected. Method: reference, second
 * regime; beyond it, past times that were anomalous themselves are left out of the history, and a pair counts for as much as
 * its two values rose alike, instead of four fifths.
 */
export function localiseRates(rows: RateRows, time: number): RateFinding[] {
  const leaves = poolLeaves(rows, time)
  const expected = expectLeaves(leaves)
  const total = sum(leaves.nowTotal)
  const excess = sum(leaves.nowBad) - sum(expected)
  if (!(excess > 0) || total === 0) return []

  let best: RateFinding[] = []
  let bestScore = 0
  for (const cuboid of buildCuboids(leaves.table, MAX_DEPTH)) {
    const size = cuboid.elementCount
    const observed = new Float64Array(size)
    const usual = new Float64Array(size)
    const units = new Float64Array(size)
    for (let leaf = 0; leaf < leaves.table.rowCount; leaf++) {
      const element = cuboid.elementOfRow[leaf]!
      observed[element]! += leaves.nowBad[leaf]!
      usual[element]! += expected[leaf]!
      units[element]! += leaves.nowTotal[leaf]!
    }
    const finding = (element: number): RateFinding => ({
      segment: segmentOfElement(leaves.table, cuboid, element),
      observed: observed[element]!,
      expected: usual[element]!,
      total: units[element]!,
    })
    for (let element = 0; element < size; element++) {
      const own = observed[element]! - usual[element]!
      if (own <= 0 || own < 0.2 * excess) continue
      const score = (own / excess) ** 2 * logRise(observed[element]!, usual[element]!)
      if (score > bestScore) {
        bestScore = score
        best = [finding(element)]
      }
    }
    if (cuboid.dimensions.length !== 1) continue
    for (const pair of pairsOf(observed, usual, excess)) {
      if (pair.score > bestScore) {
        bestScore = pair.score
        best = [finding(pair.first), finding(pair.second)]
      }
    }
  }
  return best
}

function logRise(observed: number, expected: number): number {
  return Math.log((observed + 0.5) / (expected + 0.5))
}

/**
 * Two values of one dimension that rose alike: each with a tenth of the excess, and rises of similar strength. Never the only two
 * values there are: together they are everything.
 */
function* pairsOf(observed: Float64Array, usual: Float64Array, excess: number) {
  const rises = (element: number) =>
    observed[element]! - usual[element]! > 0.1 * excess && observed[element]! > 1.2 * usual[element]!
  if (observed.length === 2) return
  const candidates = Array.from(observed.keys()).filter(rises)
  for (const [position, first] of candidates.entries()) {
    for (const second of candidates.slice(position + 1)) {
      const rise = [logRise(observed[first]!, usual[first]!), logRise(observed[second]!, usual[second]!)]
      const likeness = Math.min(...rise) / Math.max(...rise)
      if (likeness < LEAST_LIKENESS) continue
      const bothObserved = observed[first]! + observed[second]!
      const bothUsual = usual[first]! + usual[second]!
      const share = (bothObserved - bothUsual) / excess
      yield { first, second, score: likeness * share ** 2 * logRise(bothObserved, bothUsual) }
    }
  }
}

type PooledLeaves = {
  readonly table: CodedTable
  readonly nowBad: Float64Array
  readonly nowTotal: Float64Array
  readonly pastBad: Float64Array
  readonly pastTotal: Float64Array
}

/** One row a leaf, with its counts at the time asked about and summed over the closed times just before. */
function poolLeaves({ table, time, bad, total }: RateRows, now: number): PooledLeaves {
  const past = quietTimesBefore({ table, time, bad, total }, now)
  const leafOfKey = new Map<string, number>()
  const codes: number[][] = table.names.map(() => [])
  const nowBad: number[] = []
  const nowTotal: number[] = []
  const pastBad: number[] = []
  const pastTotal: number[] = []
  for (let row = 0; row < table.rowCount; row++) {
    const isNow = time[row] === now
    if (!isNow && !past.has(time[row]!)) continue
    const key = table.codes.map((column) => column[row]).join(' ')
    let leaf = leafOfKey.get(key)
    if (leaf === undefined) {
      leaf = leafOfKey.size
      leafOfKey.set(key, leaf)
      for (const [dimension, column] of table.codes.entries()) codes[dimension]!.push(column[row]!)
      for (const counts of [nowBad, nowTotal, pastBad, pastTotal]) counts.push(0)
    }
    const [badCounts, totalCounts] = isNow ? [nowBad, nowTotal] : [pastBad, pastTotal]
    badCounts[leaf]! += bad[row]!
    totalCounts[leaf]! += total[row]!
  }
  return {
    table: {
      names: table.names,
      values: table.values,
      codes: codes.map((column) => Int32Array.from(column)),
      rowCount: leafOfKey.size,
    },
    nowBad: Float64Array.from(nowBad),
    nowTotal: Float64Array.from(nowTotal),
    pastBad: Float64Array.from(pastBad),
    pastTotal: Float64Array.from(pastTotal),
  }
}

/** The last ten closed times, without those whose overall rate was itself clearly above the usual one. */
function quietTimesBefore({ time, bad, total }: RateRows, now: number): ReadonlySet<number> {
  const counts = new Map<number, { bad: number; total: number }>()
  for (let row = 0; row < time.length; row++) {
    const at = counts.get(time[row]!) ?? { bad: 0, total: 0 }
    at.bad += bad[row]!
    at.total += total[row]!
    counts.set(time[row]!, at)
  }
  const earlier = [...counts.keys()].filter((at) => at < now).sort((left, right) => right - left)
  const last = earlier.slice(0, HISTORY_TIMES)
  const rateAt = (at: number) => counts.get(at)!.bad / Math.max(1, counts.get(at)!.total)
  const usual = median(last.map(rateAt))
  return new Set(last.filter((at) => rateAt(at) <= LOUD_TIME * usual))
}

/** Bad units to expect now in each leaf: its past rate, leaning on what its single dimensions suggest where it is thin. */
function expectLeaves({ table, nowTotal, pastBad, pastTotal }: PooledLeaves): Float64Array {
  const overall = clamp((sum(pastBad) + 0.5) / (sum(pastTotal) + 1), 1e-6, 0.9)
  const logRatios = table.codes.map((column, dimension) => {
    const size = table.values[dimension]!.length
    const bad = new Float64Array(size)
    const total = new Float64Array(size)
    for (let leaf = 0; leaf < table.rowCount; leaf++) {
      bad[column[leaf]!]! += pastBad[leaf]!
      total[column[leaf]!]! += pastTotal[leaf]!
    }
    return bad.map((count, value) => {
      const rate = (count + DIMENSION_PRIOR_UNITS * overall) / (total[value]! + DIMENSION_PRIOR_UNITS)
      return Math.log(rate / overall)
    })
  })
  return nowTotal.map((units, leaf) => {
    let tilt = 0
    for (const [dimension, column] of table.codes.entries()) tilt += logRatios[dimension]![column[leaf]!]!
    const prior = Math.min(0.9, overall * Math.exp(clamp(0.7 * tilt, -3, 3)))
    return (units * (pastBad[leaf]! + LEAF_PRIOR_UNITS * prior)) / (pastTotal[leaf]! + LEAF_PRIOR_UNITS)
  })
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
