import { findBroadShift } from './broad-shift.ts'
import { type CodedTable, selectRows } from './coded-table.ts'
import { buildCuboids, type Cuboid, segmentOfElement } from './cuboids.ts'
import { type LeafScores, scoreLeaves } from './leaf-scores.ts'
import { type LeafCause, scanLeaves } from './scan-leaves.ts'
import type { Segment } from './segment.ts'

export type LeafFinding = {
  readonly segment: Segment
  /** Actual minus expected, summed over the segment's leaves that no stronger cause explains. */
  readonly delta: number
  /** Leaves with any value in the segment. */
  readonly leafCount: number
  /** Likelihood gain (Σz)²/n. */
  readonly gain: number
}

export type LeafLocalisation = {
  readonly causes: readonly LeafFinding[]
  /** "Everything moved by this factor" first, where that explains the data better; else null. */
  readonly broadFactor: number | null
}

export type LeafLocalisationOptions = {
  /** Product only: a cause must be ≥ 3 % of the total change and ≥ .5 % of the total. Off for exact-match benchmarks. */
  readonly speakGate?: boolean
}

/**
 * First regime: which elements explain the difference between actual and expected over dense leaves (sums over every
 * combination of dimension values). A likelihood-ratio scan, second version of reference/why-analysis.md.
 * @param table one row a leaf; @param actual and @param expected non-negative, in any unit.
 */
export function localiseLeaves(
  table: CodedTable,
  actual: Float64Array,
  expected: Float64Array,
  options: LeafLocalisationOptions = {},
): LeafLocalisation {
  const rows = Int32Array.from(actual.keys()).filter((row) => actual[row]! + expected[row]! > 0)
  if (rows.length === 0 || table.names.length === 0) return { causes: [], broadFactor: null }
  const leaves = selectRows(table, rows)
  const v = Float64Array.from(rows, (row) => actual[row]!)
  const f = Float64Array.from(rows, (row) => expected[row]!)
  const cuboids = buildCuboids(leaves, leaves.names.length <= 6 ? leaves.names.length : 3)

  let kept = runScan(cuboids, v, f, options)
  let broadFactor: number | null = null
  let base = f
  const shift = findBroadShift(v, f)
  if (shift !== 0) {
    const shifted = f.map((value) => value * Math.exp(shift))
    const alternative = runScan(cuboids, v, shifted, options)
    if (misfit(alternative) + BROAD_PENALTY < misfit(kept)) {
      kept = alternative
      broadFactor = Math.exp(shift)
      base = shifted
    }
  }
  const findings = kept.causes.map((cause) => describeCause(leaves, cause, v, base))
  return { causes: options.speakGate ? findings.filter(isWorthNaming(v, base)) : findings, broadFactor }
}

const CAUSE_PENALTY = 30
const BROAD_PENALTY = 30

type Scan = { readonly causes: readonly LeafCause[]; readonly scores: LeafScores }

/**
 * Looks in the direction of the total change. Where nothing is found there, a cause that is smaller than the noise of the total
 * may lie in the other; with the speak gate that is not asked, for it would not explain the total.
 */
function runScan(
  cuboids: readonly Cuboid[],
  actual: Float64Array,
  expected: Float64Array,
  { speakGate }: LeafLocalisationOptions,
): Scan {
  let change = 0
  for (let leaf = 0; leaf < actual.length; leaf++) change += actual[leaf]! - expected[leaf]!
  const scan = (direction: 1 | -1): Scan => {
    const scores = scoreLeaves(actual, expected, direction)
    return { causes: scanLeaves(cuboids, scores), scores }
  }
  const forward = scan(change >= 0 ? 1 : -1)
  if (forward.causes.length > 0 || speakGate) return forward
  const backward = scan(change >= 0 ? -1 : 1)
  return backward.causes.length > 0 ? backward : forward
}

/** What a scan leaves unexplained, each leaf counted up to 3 sigma, plus a price for every cause. */
function misfit({ causes, scores }: Scan): number {
  const explained = new Float64Array(scores.deviation.length)
  for (const { leaves } of causes) {
    let sum = 0
    for (const leaf of leaves) sum += scores.deviation[leaf]!
    for (const leaf of leaves) explained[leaf] = sum / leaves.length
  }
  let total = CAUSE_PENALTY * causes.length
  for (let leaf = 0; leaf < explained.length; leaf++) {
    total += Math.min(9, ((scores.deviation[leaf]! - explained[leaf]!) / scores.sigma[leaf]!) ** 2)
  }
  return total
}

function describeCause(table: CodedTable, cause: LeafCause, actual: Float64Array, expected: Float64Array): LeafFinding {
  let delta = 0
  for (const leaf of cause.leaves) delta += actual[leaf]! - expected[leaf]!
  return {
    segment: segmentOfElement(table, cause.cuboid, cause.element),
    delta,
    leafCount: cause.leaves.length,
    gain: cause.gain,
  }
}

function isWorthNaming(actual: Float64Array, expected: Float64Array): (finding: LeafFinding) => boolean {
  let total = 0
  let change = 0
  for (let leaf = 0; leaf < actual.length; leaf++) {
    total += expected[leaf]!
    change += actual[leaf]! - expected[leaf]!
  }
  return ({ delta }) => Math.abs(delta) >= 0.03 * Math.abs(change) && Math.abs(delta) >= 0.005 * total
}
