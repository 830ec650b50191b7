import { runningMedian, weekdayEffects } from './adjust-weekdays.ts'
import { refineCuts } from './refine-cuts.ts'
import { createRunError, levelsOf, type SeriesSegmentation, segmentSeries } from './segment-series.ts'
import { clamp, mean, normalTail, robustSigma } from './statistics.ts'

/** One closed day. A value of null (no work, not known) is left out; values must not be negative. */
export type DayValue = { readonly date: string; readonly weekday: number; readonly value: number | null }

export type LevelShift = {
  /** First day on the new level, and the days between which it lies with 95 % (both included). */
  readonly date: string
  readonly from: string
  readonly to: string
  /** New level over old level, weekdays and steady growth taken out. */
  readonly ratio: number
  /** The step in standard deviations of a day. */
  readonly sigmas: number
}

/** A day that stands out alone, against its weekday's usual value at the time. */
export type PointAnomaly = { readonly date: string; readonly z: number; readonly ratio: number }

export type ShiftDetection = {
  readonly shifts: readonly LevelShift[]
  readonly anomalies: readonly PointAnomaly[]
  /** Standard deviation of a day about its level, on the log scale. Null where there are too few days to tell. */
  readonly sigma: number | null
}

const MINIMUM_DAYS = 14
const MINIMUM_RUN = 3
const MINIMUM_STEP = Math.log(1.05)
const ANOMALY_Z = 4
const WEAK = 0.01
const STRICT = 0.001
/** Day-to-day correlation below this is taken for estimation noise. */
const NEGLIGIBLE_CORRELATION = 0.15

/**
 * Level shifts and point anomalies of a daily series on closed days: logarithms, weekday effects and steady growth out,
 * penalised segmentation (exact), then a weak and a strict test of every cut. At least three days make a level: one or two
 * last days that stand out are point anomalies. Method: reference, "When: the date".
 */
export function detectShifts(days: readonly DayValue[]): ShiftDetection {
  const known = days.filter((day) => day.value !== null)
  const positive = known.flatMap((day) => (day.value! > 0 ? [day.value!] : []))
  if (positive.length < MINIMUM_DAYS) return { shifts: [], anomalies: [], sigma: null }
  const floor = positive.reduce((least, value) => Math.min(least, value)) / 2
  const logs = Float64Array.from(known, (day) => Math.log(Math.max(day.value!, floor)))
  const weekdays = known.map((day) => day.weekday)

  let adjusted = subtract(logs, weekdayEffects(logs, runningMedian(logs, 3), weekdays, null))
  let fit = fitLevels(adjusted)
  adjusted = subtract(logs, weekdayEffects(logs, fit.course, weekdays, fit.sigma))
  fit = fitLevels(adjusted)

  const shifts = fit.starts.map((start, index) => {
    const left = fit.starts[index - 1] ?? 0
    const right = fit.starts[index + 1] ?? adjusted.length
    const step = fit.levels[start]! - fit.levels[start - 1]!
    const [from, to] = dateInterval(fit.flat, left, start, right, fit.sigma * fit.inflation)
    return {
      date: known[start]!.date,
      from: known[from]!.date,
      to: known[to]!.date,
      ratio: Math.exp(step),
      sigmas: Math.abs(step) / fit.sigma,
    }
  })
  const anomalies = known.flatMap((day, index) => {
    const off = adjusted[index]! - fit.course[index]!
    if (Math.abs(off) < ANOMALY_Z * fit.sigma || Math.abs(off) < MINIMUM_STEP) return []
    return [{ date: day.date, z: off / fit.sigma, ratio: Math.exp(off) }]
  })
  return { shifts, anomalies, sigma: fit.sigma }
}

type LevelFit = {
  readonly starts: readonly number[]
  /** Level of each day without growth, and with it. */
  readonly levels: Float64Array
  readonly course: Float64Array
  /** The series without growth and with lone outliers drawn in: what was cut. */
  readonly flat: Float64Array
  readonly sigma: number
  /** By how much correlated days inflate the standard error of a level. */
  readonly inflation: number
}

function fitLevels(adjusted: Float64Array): LevelFit {
  const stepSigma = (lag: number) => robustSigma(adjusted.subarray(lag).map((x, i) => x - adjusted[i]!)) / Math.SQRT2
  const sigma = Math.max(1e-6, stepSigma(1), 0.5 * stepSigma(7))
  const rough = 1 - (stepSigma(1) / Math.max(1e-9, stepSigma(7))) ** 2
  const correlation = rough < NEGLIGIBLE_CORRELATION ? 0 : clamp(rough, 0, 0.7)
  const inflation = Math.sqrt((1 + correlation) / (1 - correlation))
  const course = runningMedian(adjusted, 3)
  const drawnIn = adjusted.map((x, day) => clamp(x, course[day]! - 3 * sigma, course[day]! + 3 * sigma))
  const penalty = 2.5 * Math.log(adjusted.length) * (sigma * inflation) ** 2

  const fits = [0, slopeWithin(drawnIn, [])].map((start) => settleSlope(drawnIn, start, penalty))
  const { slope, segmentation } = fits.reduce((best, fit) => (fit.cost < best.cost ? fit : best))
  const flat = withoutSlope(drawnIn, slope)
  const residualSigma = Math.max(sigma, robustSigma(subtract(flat, segmentation.levels)))
  const significant = keepSignificant(flat, segmentation.starts, residualSigma * inflation)
  const starts = refineCuts(flat, significant, correlation, MINIMUM_RUN)
  const levels = levelsOf(flat, starts)
  return { starts, levels, course: withoutSlope(levels, -slope), flat, sigma: residualSigma, inflation }
}

/** Alternates between cutting the series and fitting the steady growth that all runs share. */
function settleSlope(values: Float64Array, start: number, penalty: number) {
  let slope = start
  let segmentation: SeriesSegmentation = segmentSeries(withoutSlope(values, slope), penalty, MINIMUM_RUN)
  for (let round = 0; round < 3 && slope !== 0; round++) {
    slope = slopeWithin(values, segmentation.starts)
    segmentation = segmentSeries(withoutSlope(values, slope), penalty, MINIMUM_RUN)
  }
  return { slope, segmentation, cost: segmentation.cost + (slope === 0 ? 0 : penalty) }
}

/** Least-squares growth per day, common to all runs. */
function slopeWithin(values: Float64Array, starts: readonly number[]): number {
  const days = Float64Array.from(values.keys())
  const levels = levelsOf(values, starts)
  const centres = levelsOf(days, starts)
  let crossed = 0
  let squared = 0
  for (let day = 0; day < values.length; day++) {
    crossed += (day - centres[day]!) * (values[day]! - levels[day]!)
    squared += (day - centres[day]!) ** 2
  }
  return squared === 0 ? 0 : crossed / squared
}

function withoutSlope(values: Float64Array, slope: number): Float64Array {
  return values.map((value, day) => value - slope * (day - values.length / 2))
}

/** Drops, weakest first, cuts that fail the weak test, then those that fail the strict one or are smaller than 5 %. */
function keepSignificant(values: Float64Array, starts: readonly number[], sigma: number): number[] {
  let kept = [...starts]
  for (const level of [WEAK, STRICT]) {
    for (;;) {
      const tests = kept.map((start, index) => {
        const left = values.subarray(kept[index - 1] ?? 0, start)
        const right = values.subarray(start, kept[index + 1] ?? values.length)
        const step = Math.abs(mean(right) - mean(left))
        const p = 2 * normalTail(step / (sigma * Math.sqrt(1 / left.length + 1 / right.length)))
        return step < MINIMUM_STEP ? 1 : p
      })
      const weakest = Math.max(...tests)
      if (tests.length === 0 || weakest <= level) break
      kept = kept.filter((_, index) => index !== tests.indexOf(weakest))
    }
  }
  return kept
}

/** The first and last day at which the cut could lie: within 3.84 of the best log-likelihood ratio (95 %). */
function dateInterval(values: Float64Array, left: number, start: number, right: number, sigma: number) {
  const errorOf = createRunError(values)
  const limit = errorOf(left, start) + errorOf(start, right) + 3.84 * sigma * sigma
  let from = start
  let to = start
  for (let cut = left + 1; cut < right; cut++) {
    if (errorOf(left, cut) + errorOf(cut, right) > limit) continue
    from = Math.min(from, cut)
    to = Math.max(to, cut)
  }
  return [from, to] as const
}

function subtract(values: Float64Array, other: Float64Array): Float64Array {
  return values.map((value, day) => value - other[day]!)
}
