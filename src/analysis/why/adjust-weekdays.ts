import { mean, median } from './statistics.ts'

/**
 * The weekday effect of each point on the log scale, from what is left when `levels` (any first guess of the course without
 * weekdays) is taken off: the median of the same weekday, or its mean within ±2 sigma where sigma is given.
 */
export function weekdayEffects(
  values: Float64Array,
  levels: Float64Array,
  weekdays: readonly number[],
  sigma: number | null,
): Float64Array {
  const effects = new Map<number, number>()
  for (const weekday of new Set(weekdays)) {
    const own: number[] = []
    for (let day = 0; day < values.length; day++) {
      if (weekdays[day] === weekday) own.push(values[day]! - levels[day]!)
    }
    const middle = median(own)
    const close = sigma === null ? [] : own.filter((value) => Math.abs(value - middle) <= 2 * sigma)
    effects.set(weekday, close.length >= 3 ? mean(close) : middle)
  }
  const centre = mean([...effects.values()])
  return Float64Array.from(weekdays, (weekday) => effects.get(weekday)! - centre)
}

/** The median of the points within `reach` of each point: a first guess of the course that keeps steps. */
export function runningMedian(values: Float64Array, reach: number): Float64Array {
  return values.map((_, day) =>
    median(values.subarray(Math.max(0, day - reach), Math.min(values.length, day + reach + 1))),
  )
}
