import type { CalendarDate } from '../../domain/period.ts'
import { type Interval, LEVEL } from './statistics/interval.ts'
import { fitLeastSquares } from './statistics/least-squares.ts'
import { studentQuantile } from './statistics/student-quantile.ts'

/** One figure of the operation over one period, in order of time. */
export interface SeriesPoint {
  from: CalendarDate
  to: CalendarDate
  value: number
}

export interface Interruption {
  before: SeriesPoint[]
  after: SeriesPoint[]
  meanBefore: number
  meanAfter: number
  /** Effect of the interruption: where the series is, on average, against where its course before would have taken it. */
  effect: number
  interval: Interval
  /** `trend`: the course before is a straight line; `level`: it is its mean. */
  method: 'trend' | 'level'
}

/** With fewer points on a side there is no trend to speak of. */
const LEAST_FOR_TREND = 6
/** Without these there is no usual swing to hold the time after against. */
const LEAST_BEFORE = 3
const LEAST_POINTS = 5

/**
 * An interrupted time series (Wagner and others, J. Clin. Pharm. Ther. 27, 2002): segmented regression with a change of
 * level and of slope where both sides have six points or more, the effect being read at the middle of the time after; else
 * a change of level alone. Residuals are taken as independent. Null with fewer than three points before, none after, or
 * fewer than five in all.
 */
export function interruptSeries(points: readonly SeriesPoint[], date: CalendarDate): Interruption | null {
  // A period that the change fell into belongs to neither side.
  const before = points.filter((point) => point.to <= date)
  const after = points.filter((point) => point.from >= date)
  if (before.length < LEAST_BEFORE || after.length === 0 || before.length + after.length < LEAST_POINTS) return null
  const method = Math.min(before.length, after.length) >= LEAST_FOR_TREND ? 'trend' : 'level'
  const since = (point: SeriesPoint) => (midOf(point) - Date.parse(`${date}T00:00:00Z`)) / UNIT
  const sides = [...before.map((point) => ({ point, isAfter: 0 })), ...after.map((point) => ({ point, isAfter: 1 }))]
  const rows = sides.map(({ point, isAfter }) => {
    const time = since(point)
    return method === 'trend' ? [1, time, isAfter, isAfter * time] : [1, isAfter]
  })
  const fit = fitLeastSquares(
    rows,
    sides.map(({ point }) => point.value),
  )
  if (!fit) return null
  const middle = mean(after.map(since))
  const weights = method === 'trend' ? [0, 0, 1, middle] : [0, 1]
  const effect = dot(weights, fit.coefficients)
  const variance = dot(
    weights,
    fit.covariance.map((line) => dot(line, weights)),
  )
  const reach = studentQuantile(LEVEL, fit.degreesOfFreedom) * Math.sqrt(Math.max(0, variance))
  return {
    ...{ before, after, effect, method },
    meanBefore: mean(before.map((point) => point.value)),
    meanAfter: mean(after.map((point) => point.value)),
    interval: { low: effect - reach, high: effect + reach, level: LEVEL },
  }
}

/** Thirty days, so that the columns of the regression are of like size. */
const UNIT = 30 * 86_400_000

function midOf(point: SeriesPoint): number {
  return (Date.parse(`${point.from}T00:00:00Z`) + Date.parse(`${point.to}T00:00:00Z`)) / 2
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0)
}
