import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { type CalendarDate, type Period, weekdayOf } from '../../domain/period.ts'
import { METRICS, type Metric } from '../../domain/plan.ts'
import { dayOf } from '../economics/item-dimensions.ts'
import { closedWithRuns } from '../economics/select-items.ts'
import { dailyCost } from '../explain-change/daily-cost.ts'
import type { DayValue } from '../why/detect-shift.ts'
import { partOf } from './part-of.ts'

/** One item's part in a rate: the rate of many is the sum of numerators over the sum of denominators. */
export interface ItemPart {
  date: CalendarDate
  numerator: number
  denominator: number
}

/** A metric by day, money in dollars. `parts` is empty for spend, which is a total and no rate of items. */
export interface MetricSeries {
  metric: Metric
  days: DayValue[]
  parts: ItemPart[]
}

/**
 * Every metric by closed day: spend by the day on which it was spent, rates by the day on which the items closed. A day on
 * which nothing closed has no rate (null), and one on which nothing was spent has spent 0.
 */
export function dailyTallies(items: ItemList, period: Period, timeZone: string): MetricSeries[] {
  const spend = dailyCost(items, period, timeZone).map((day) => ({ ...day, value: (day.value ?? 0) / 1e6 }))
  const closed = [...closedWithRuns(items)].flatMap((item) => {
    const date = dayOf(item.closedAt!, timeZone)
    return date >= period.from && date < period.to ? [{ item, date }] : []
  })
  return METRICS.map((metric): MetricSeries => {
    if (metric === 'spend') return { metric, days: spend, parts: [] }
    const parts = closed.map(({ item, date }) => ({ date, ...partOf(metric, item) }))
    const sums = new Map<CalendarDate, { numerator: number; denominator: number }>()
    for (const { date, numerator, denominator } of parts) {
      const sum = sums.get(date) ?? { numerator: 0, denominator: 0 }
      sum.numerator += numerator
      sum.denominator += denominator
      sums.set(date, sum)
    }
    const prior = metric === 'override_rate' ? halfAnEvent(parts) : NOTHING
    const days = spend.map(({ date }) => {
      const sum = sums.get(date)
      const value =
        sum && sum.denominator > 0 ? (sum.numerator + prior.numerator) / (sum.denominator + prior.denominator) : null
      return { date, weekday: weekdayOf(date), value }
    })
    return { metric, days, parts }
  })
}

const NOTHING = { numerator: 0, denominator: 0 }

/** Half an event at the overall rate, added to each day: a day without a rare event is near the others, not at zero. */
function halfAnEvent(parts: readonly ItemPart[]): { numerator: number; denominator: number } {
  const events = parts.reduce((sum, part) => sum + part.numerator, 0)
  const items = parts.reduce((sum, part) => sum + part.denominator, 0)
  return events === 0 ? NOTHING : { numerator: 0.5, denominator: (0.5 * items) / events }
}
