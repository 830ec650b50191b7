import type { Unit } from '../../domain/finding.ts'
import { addDays, type CalendarDate, daysBetween } from '../../domain/period.ts'
import type { Metric } from '../../domain/plan.ts'
import type { Shift } from '../../domain/shift.ts'
import { type DayValue, detectShifts } from '../why/detect-shift.ts'
import type { ItemPart, MetricSeries } from './daily-tallies.ts'

const UNITS: Readonly<Record<Metric, Unit>> = {
  spend: 'usd',
  cost_per_resolved: 'usd',
  attempts: 'ratio',
  tokens_per_call: 'tokens',
  resolution_rate: 'share',
  override_rate: 'share',
}
/** A smaller step is nobody's business, however sure it is. */
const LEAST_RATIO: Readonly<Record<Metric, number>> = {
  spend: 1.15,
  cost_per_resolved: 1.1,
  attempts: 1.05,
  tokens_per_call: 1.1,
  resolution_rate: 1.03,
  override_rate: 1.5,
}
/** Days before and after that are compared item by item. */
const COMPARED_DAYS = 28
/** Standard errors by which the items of both sides must differ: days are searched for the greatest step, and it is found. */
const LEAST_Z = 4.5
/** A day alone is held to more: of many days some stand out by chance. */
const LEAST_DAY_SIGMAS = 6
const LEAST_DAY_RATIO = 1.5
/** A day alone is news while it is fresh. */
const FRESH_DAYS = 7

/**
 * Level shifts and single days that stand out, of each metric, in closed days. What the days show must be there in the items
 * too: a rate of a few items a day jumps for nothing. In order of time.
 */
export function findShifts(series: readonly MetricSeries[]): Shift[] {
  const found = series.flatMap(({ metric, days, parts }) => {
    const detected = detectShifts(days)
    const levels = detected.shifts.flatMap((shift, index): Shift[] => {
      const from = detected.shifts[index - 1]?.date ?? days[0]!.date
      const until = detected.shifts[index + 1]?.date ?? addDays(days.at(-1)!.date, 1)
      const before = { from: latest(from, addDays(shift.date, -COMPARED_DAYS)), to: shift.date }
      const after = { from: shift.date, to: earliest(until, addDays(shift.date, COMPARED_DAYS)) }
      const sides = compareSides(days, parts, before, after)
      const isReal = sides !== null && (parts.length === 0 || Math.abs(sides.z) >= LEAST_Z)
      if (
        !isReal ||
        sizeOf(shift.ratio) < LEAST_RATIO[metric] ||
        sizeOf(sides.after / sides.before) < LEAST_RATIO[metric]
      )
        return []
      const { before: old, after: now } = sides
      return [{ metric, kind: 'level', ...shift, before: old, after: now, unit: UNITS[metric] }]
    })
    const last = days.at(-1)?.date
    const alone = detected.anomalies.flatMap(({ date, z, ratio }): Shift[] => {
      if (last === undefined || daysBetween(date, last) >= FRESH_DAYS) return []
      if (Math.abs(z) < LEAST_DAY_SIGMAS || sizeOf(ratio) < LEAST_DAY_RATIO) return []
      const before = { from: addDays(date, -COMPARED_DAYS), to: date }
      const sides = compareSides(days, parts, before, { from: date, to: addDays(date, 1) })
      if (!sides || (parts.length > 0 && Math.abs(sides.z) < LEAST_Z)) return []
      const day = { date, from: date, to: date, ratio, sigmas: Math.abs(z), unit: UNITS[metric] }
      return [{ metric, kind: 'day', ...day, before: sides.before, after: sides.after }]
    })
    return [...levels, ...alone]
  })
  return found.sort((a, b) => (a.date === b.date ? 0 : a.date < b.date ? -1 : 1))
}

interface Stretch {
  from: CalendarDate
  to: CalendarDate
}

/** The metric before and after, and by how many standard errors the items differ; null where a side has nothing. */
function compareSides(days: readonly DayValue[], parts: readonly ItemPart[], before: Stretch, after: Stretch) {
  if (parts.length === 0) {
    const [old, now] = [meanOf(days, before), meanOf(days, after)]
    return old === null || now === null || old === 0 ? null : { before: old, after: now, z: Number.NaN }
  }
  const [left, right] = [within(parts, before), within(parts, after)]
  const sum = (some: readonly ItemPart[], of: 'numerator' | 'denominator') =>
    some.reduce((total, part) => total + part[of], 0)
  const [leftWeight, rightWeight] = [sum(left, 'denominator'), sum(right, 'denominator')]
  if (leftWeight === 0 || rightWeight === 0) return null
  const pooled = (sum(left, 'numerator') + sum(right, 'numerator')) / (leftWeight + rightWeight)
  // Variance of a ratio of sums by its linear part, about the pooled ratio: none of both sides is then taken for certain.
  const variance = (some: readonly ItemPart[], weight: number) =>
    some.reduce((total, part) => total + (part.numerator - pooled * part.denominator) ** 2, 0) / weight ** 2
  const [old, now] = [sum(left, 'numerator') / leftWeight, sum(right, 'numerator') / rightWeight]
  const error = Math.sqrt(variance(left, leftWeight) + variance(right, rightWeight))
  return { before: old, after: now, z: error === 0 ? 0 : (now - old) / error }
}

function meanOf(days: readonly DayValue[], stretch: Stretch): number | null {
  const known = days.filter((day) => day.date >= stretch.from && day.date < stretch.to && day.value !== null)
  return known.length === 0 ? null : known.reduce((sum, day) => sum + day.value!, 0) / known.length
}

function within(parts: readonly ItemPart[], stretch: Stretch): ItemPart[] {
  return parts.filter((part) => part.date >= stretch.from && part.date < stretch.to)
}

const sizeOf = (ratio: number): number => (ratio <= 0 ? Number.POSITIVE_INFINITY : Math.max(ratio, 1 / ratio))
const latest = (a: CalendarDate, b: CalendarDate): CalendarDate => (a > b ? a : b)
const earliest = (a: CalendarDate, b: CalendarDate): CalendarDate => (a < b ? a : b)
