import { mean, standardDeviation } from './statistics.ts'

/** Whether a week's total is what its usual weeks lead one to expect. */
export type VariationJudgement = {
  readonly isNormal: boolean
  /** Distance from the nearest expectation in standard deviations of a week; null where nothing can be said. */
  readonly sigmas: number | null
}

/** Swing of a week taken for granted where too few weeks are known to measure it. */
const ASSUMED_SWING = 0.05

/**
 * Compares a week's total with the closed weeks before it on the log scale: with their mean and, where there are enough, with
 * their steady growth; normal if near either. The swing is that of the weeks, but never less than what drawing this many
 * items of so different costs gives by chance.
 * @param history totals of past weeks, in any unit; @param itemCosts costs of the past items; @param items in the week.
 */
export function judgeVariation(
  history: readonly number[],
  current: number,
  itemCosts: ArrayLike<number>,
  items: number,
): VariationJudgement {
  const known = history.filter((total) => total > 0)
  if (known.length === 0 || current <= 0 || items === 0) return { isNormal: false, sigmas: null }
  const logs = known.map(Math.log)
  const variation = standardDeviation(itemCosts) / mean(itemCosts)
  const sampling = Math.sqrt((1 + variation ** 2) / items)
  const expectations = [
    { level: mean(logs), swing: standardDeviation(logs), spread: 1 / logs.length, freedom: logs.length - 1 },
  ]
  const growth = continueGrowth(logs)
  if (growth) expectations.push(growth)
  const limits = expectations.map(({ level, swing, spread, freedom }) => {
    const assumed = logs.length >= 4 ? 0 : ASSUMED_SWING
    const sigma = Math.max(swing, Math.hypot(sampling, assumed)) * Math.sqrt(1 + spread)
    const sigmas = (Math.log(current) - level) / sigma
    return { sigmas, limit: studentLimit(freedom) }
  })
  const nearest = limits.reduce((best, one) => (Math.abs(one.sigmas) < Math.abs(best.sigmas) ? one : best))
  return { isNormal: limits.some((one) => Math.abs(one.sigmas) <= one.limit), sigmas: nearest.sigmas }
}

/** The next value of a straight line through the weeks, with its uncertainty; null where the weeks do not clearly grow. */
function continueGrowth(logs: readonly number[]) {
  const count = logs.length
  if (count < 5) return null
  const centre = (count - 1) / 2
  const level = mean(logs)
  const squares = logs.reduce((sum, _, week) => sum + (week - centre) ** 2, 0)
  const slope = logs.reduce((sum, log, week) => sum + (week - centre) * (log - level), 0) / squares
  const left = logs.reduce((sum, log, week) => sum + (log - level - slope * (week - centre)) ** 2, 0)
  const swing = Math.sqrt(left / (count - 2))
  if (Math.abs(slope) * Math.sqrt(squares) < studentLimit(count - 2) * swing) return null
  return {
    level: level + slope * (count - centre),
    swing,
    spread: 1 / count + (count - centre) ** 2 / squares,
    freedom: count - 2,
  }
}

/** Two-sided 95 % limit of Student's t, first-order approximation; for one or no degree of freedom that of two. */
function studentLimit(freedom: number): number {
  return 1.96 * (1 + (1.96 ** 2 + 1) / (4 * Math.max(2, freedom)))
}
