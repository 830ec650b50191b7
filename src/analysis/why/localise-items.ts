import { scratch } from '../../domain/scratch.ts'
import { type CandidateSet, membershipOf } from './candidates.ts'
import { type ContrastTest, createCountTest, createMeanTest } from './contrast-tests.ts'
import { drawCountMaxima, drawMeanMaxima } from './draw-thresholds.ts'
import type { ItemTable } from './item-table.ts'
import { backtestMaxima, type DrawInput, type Maxima } from './maxima.ts'
import { isOwnChange, isOwnGrowth } from './own-change.ts'
import { rankCandidates, type ScoredCandidate } from './rank-candidates.ts'
import { createRateTest } from './rate-test.ts'
import { type Residuals, residualsOf } from './residuals.ts'
import type { RandomSource } from './seeded-random.ts'
import type { Segment } from './segment.ts'
import { gumbelThreshold, median, normalTailQuantile } from './statistics.ts'
import { rowsWhere } from './usage-table.ts'
import { estimateWeekNoise, firstBacktestWeek, UNMEASURED_PHI } from './week-noise.ts'
import { contrastWeek, sumWeeks } from './week-sums.ts'

export type ItemFinding = {
  readonly segment: Segment
  readonly direction: 1 | -1
  readonly z: number
  /** The z that chance reaches with the probability allowed. */
  readonly threshold: number
  /** Share of the evidence that lies on this segment or ones nearly the same, 0 to 1. */
  readonly confidence: number
  /** Items of the segment in the current week and in the history. */
  readonly n: number
  readonly h: number
  /** Rows of the segment, current and past, that no earlier finding took. */
  readonly rows: Int32Array
}

/** Probabilities of naming something where nothing happened: any segment at all, and one that was named beforehand. */
export type ErrorShare = { readonly scan: number; readonly prior: number }

export type ItemSearch = {
  readonly items: ItemTable
  readonly set: CandidateSet
  /** One value an item (on a scale where effects add, such as a logarithm; NaN: not measured); null counts items. */
  readonly measure: Float64Array | null
  /** The measure is 0 or 1: whether something is true of an item. */
  readonly isRate?: boolean
  /** Probability that anything is named where nothing happened, for findings upward and downward. */
  readonly alpha: { readonly up: ErrorShare; readonly down: ErrorShare }
  readonly random: RandomSource
  /** In standard deviations: what a scan of segments must reach whatever the draws say; 3 where not given. */
  readonly leastThreshold?: number
  /** Findings with less confidence are not named. */
  readonly minimumConfidence: number
}

const MAX_FINDINGS = 3
const LEAST_THRESHOLD = 3
/** The same for segments named beforehand, which are few. */
const LEAST_PRIOR_THRESHOLD = 2
/** Parts of the scan's error budget for segments of one, two and three dimensions: causes are more often plain than involved. */
const SHARE_OF_DEPTH = [0, 0.5, 0.3, 0.2]
/** Of the scan's error budget where some segments are named beforehand, which have a budget of their own. */
const BESIDE_PRIORS = 0.7
/** A few weeks of the history tell badly how much more they swing than draws: that much of the excess is believed. */
const BELIEVED = 0.5

/**
 * Third regime: in which segments a measure per item, or the number of items, changed in the current week against closed
 * history weeks. Marginal elements of up to three dimensions are tested against their complement; week-to-week noise is
 * measured on the history; thresholds come from redrawn data (Gumbel) by the number of
 * dimensions, so that at most `alpha` of quiet weeks name anything.
 */
export function localiseItems(search: ItemSearch): ItemFinding[] {
  const { items, set, measure } = search
  if (items.historyWeeks < 1) return []
  const residuals = measure === null ? null : residualsOf(items, measure, search.isRate)
  if (residuals && !(residuals.variance > 0)) return []
  const usual = search.isRate ? pastMean(items, measure!) : null
  const value = residuals?.values ?? scratch(Float64Array, items.week.length)
  const eligible = Array.from(set.candidates.keys()).filter(
    (candidate) => measure !== null || !set.candidates[candidate]!.isAgentSide,
  )
  if (eligible.length === 0) return []

  const isTaken = scratch(Uint8Array, items.week.length)
  const findings: ItemFinding[] = []
  const tests = { up: testFor(residuals, usual, 1), down: testFor(residuals, usual, -1) }
  const isPrior = (candidate: number) => set.groups[set.candidates[candidate]!.group]!.isPrior
  const depthOf = (candidate: number) => set.groups[set.candidates[candidate]!.group]!.depth
  const isCurrent = (row: number) => items.week[row] === items.historyWeeks && !isTaken[row]
  let thresholds: Record<Side, Thresholds> | null = null
  while (findings.length < MAX_FINDINGS) {
    const sums = sumWeeks(set, items.week, items.historyWeeks + 1, value, isTaken)
    // A mean does not swing more from week to week than its items differ: residuals are cut to a few of their deviations,
    // so that a greater swing taken for granted would hide any change.
    const unmeasured = residuals === null ? UNMEASURED_PHI.count : Math.min(UNMEASURED_PHI.mean, residuals.variance)
    const phi = estimateWeekNoise(set, eligible, sums, items.historyWeeks, tests.up, unmeasured)
    const input = { set, eligible, value, sums, test: tests.up, random: search.random, ...items }
    const scores = eligible.map((candidate) => {
      const contrast = contrastWeek(sums, candidate, items.historyWeeks)
      // Without a past only a segment named beforehand can be judged: any other is a mere combination of old ones.
      const isJudged = contrast.h > 0 || isPrior(candidate)
      const score = (side: Side) => (isJudged ? (tests[side].score(contrast, phi[candidate]!) ?? 0) : 0)
      return { candidate, up: score('up'), down: -score('down') }
    })
    // Thresholds cost most of the time; without a score that may pass they are not needed.
    const least = (candidate: number) =>
      isPrior(candidate) ? LEAST_PRIOR_THRESHOLD : (search.leastThreshold ?? LEAST_THRESHOLD)
    if (!scores.some((one) => Math.max(one.up, one.down) > least(one.candidate))) break
    thresholds ??= thresholdsFor(search, input, phi)
    const raw = measure === null ? sums : sumWeeks(set, items.week, items.historyWeeks + 1, measure, isTaken)
    const isOwn = (candidate: number, sign: 1 | -1) => {
      const contrast = contrastWeek(raw, candidate, items.historyWeeks)
      if (measure !== null) return isOwnChange(contrast, sign)
      const at = candidate * sums.weeks
      return isOwnGrowth(contrast, [...sums.count.subarray(at, at + items.historyWeeks)], sign)
    }
    const best = (['up', 'down'] as const).flatMap((side) => {
      const sign: 1 | -1 = side === 'up' ? 1 : -1
      const scored = scores.flatMap(({ candidate, ...of }): ScoredCandidate[] => {
        if (!(of[side] > 0)) return []
        const evidence = sign * (tests[side].score(contrastWeek(sums, candidate, items.historyWeeks), 0) ?? 0)
        return [{ candidate, z: of[side], evidence }]
      })
      const { scan, prior } = thresholds![side]
      const bound = (candidate: number) =>
        Math.max(isPrior(candidate) ? prior : scan[depthOf(candidate)]!, least(candidate))
      const passes = ({ candidate, z }: ScoredCandidate) => z > bound(candidate) && isOwn(candidate, sign)
      const top = rankCandidates(set, scored, passes, isCurrent)
      return top ? [{ ...top, sign, threshold: bound(top.candidate) }] : []
    })
    best.sort((left, right) => right.z - left.z)
    const top = best.find((one) => one.confidence >= search.minimumConfidence)
    if (!top) break
    const contrast = contrastWeek(sums, top.candidate, items.historyWeeks)
    const isMember = membershipOf(set, top.candidate)
    const rows = rowsWhere(items.table, (row) => isMember[row] === 1 && isTaken[row] === 0)
    findings.push({
      segment: set.candidates[top.candidate]!.segment,
      direction: top.sign,
      z: top.z,
      threshold: top.threshold,
      confidence: top.confidence,
      n: contrast.n,
      h: contrast.h,
      rows,
    })
    for (const row of rows) isTaken[row] = 1
  }
  return findings
}

/** Of a measure that every item has. */
function pastMean({ week, historyWeeks }: ItemTable, measure: Float64Array): number {
  let [sum, count] = [0, 0]
  for (let row = 0; row < measure.length; row++) {
    if (week[row]! >= historyWeeks) continue
    sum += measure[row]!
    count++
  }
  return sum / count
}

type Side = 'up' | 'down'
/** `scan` by the number of dimensions. */
type Thresholds = { readonly scan: readonly number[]; readonly prior: number }

function testFor(residuals: Residuals | null, usual: number | null, direction: 1 | -1): ContrastTest {
  if (usual !== null) return createRateTest(usual)
  return residuals === null ? createCountTest(direction) : createMeanTest(residuals.variance, residuals.skewness)
}

function thresholdsFor(search: ItemSearch, input: DrawInput, phi: Float64Array): Record<Side, Thresholds> {
  const drawn: Maxima = search.measure === null ? drawCountMaxima(input) : drawMeanMaxima(input)
  const past = backtestMaxima(input, phi, firstBacktestWeek(input.historyWeeks))
  const priors = search.set.groups.filter((group) => group.isPrior).length
  const thresholds = (side: Side): Thresholds => {
    const [weeks, draws] = [past[side][0]!, drawn[side][0]!]
    const ratio = weeks.length === 0 || median(draws) === 0 ? 1 : median(weeks) / median(draws)
    const swing = 1 + BELIEVED * Math.max(0, ratio - 1)
    const { scan, prior } = search.alpha[side]
    const left = priors > 0 ? BESIDE_PRIORS * scan : scan
    return {
      scan: SHARE_OF_DEPTH.map((share, depth) =>
        share === 0 ? Number.POSITIVE_INFINITY : swing * gumbelThreshold(drawn[side][depth]!, share * left),
      ),
      prior: priors > 0 ? swing * normalTailQuantile(prior / priors) : Number.POSITIVE_INFINITY,
    }
  }
  return { up: thresholds('up'), down: thresholds('down') }
}
