import { scratch } from '../../domain/scratch.ts'
import type { CandidateSet } from './candidates.ts'

/** Counts and sums of a measure by candidate and week, and over all items by week. Candidate c, week w: index c · weeks + w. */
export type WeekSums = {
  readonly weeks: number
  readonly count: Float64Array
  readonly sum: Float64Array
  readonly totalCount: Float64Array
  readonly totalSum: Float64Array
}

/** Adds up the rows that are not left out. Rows whose value is NaN (not measured) are left out too. */
export function sumWeeks(
  set: CandidateSet,
  week: Int32Array,
  weeks: number,
  value: Float64Array,
  isLeftOut: Uint8Array,
): WeekSums {
  const count = scratch(Float64Array, set.candidates.length * weeks)
  const sum = scratch(Float64Array, set.candidates.length * weeks)
  const totalCount = new Float64Array(weeks)
  const totalSum = new Float64Array(weeks)
  const { memberStart, members } = set
  for (let row = 0; row < week.length; row++) {
    const measured = value[row]!
    if (isLeftOut[row] || Number.isNaN(measured)) continue
    const now = week[row]!
    totalCount[now]! += 1
    totalSum[now]! += measured
    for (let member = memberStart[row]!; member < memberStart[row + 1]!; member++) {
      const at = members[member]! * weeks + now
      count[at]! += 1
      sum[at]! += measured
    }
  }
  return { weeks, count, sum, totalCount, totalSum }
}

/** One candidate in one week against earlier weeks, and the same for all items. */
export type Contrast = {
  n: number
  h: number
  nowSum: number
  pastSum: number
  totalN: number
  totalH: number
  totalNowSum: number
  totalPastSum: number
}

/** Week `now` of a candidate against weeks 0 … now − 1. */
export function contrastWeek(sums: WeekSums, candidate: number, now: number): Contrast {
  const at = candidate * sums.weeks
  const contrast: Contrast = {
    n: sums.count[at + now]!,
    h: 0,
    nowSum: sums.sum[at + now]!,
    pastSum: 0,
    totalN: sums.totalCount[now]!,
    totalH: 0,
    totalNowSum: sums.totalSum[now]!,
    totalPastSum: 0,
  }
  for (let week = 0; week < now; week++) {
    contrast.h += sums.count[at + week]!
    contrast.pastSum += sums.sum[at + week]!
    contrast.totalH += sums.totalCount[week]!
    contrast.totalPastSum += sums.totalSum[week]!
  }
  return contrast
}
