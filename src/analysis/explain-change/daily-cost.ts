import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { addDays, type CalendarDate, type Period, weekdayOf } from '../../domain/period.ts'
import { dayAt, startTimeOf } from '../economics/item-dimensions.ts'
import type { DayValue } from '../why/detect-shift.ts'

/** Dollars spent on each day of a period, in micro-dollars, in order. A day without work is 0: nothing was spent. */
export function dailyCost(items: ItemList, period: Period, timeZone: string): DayValue[] {
  const spent = new Map<CalendarDate, number>()
  const add = (time: number, micros: number) => {
    const date = dayAt(time, timeZone)
    spent.set(date, (spent.get(date) ?? 0) + micros)
  }
  for (const item of items) {
    if (item instanceof ItemView) {
      const { start, runStarted, runModelCost, runToolCost } = item.reading.figures
      for (let run = item.firstRun; run < item.endOfRuns; run++) {
        add(start + runStarted[run]!, runModelCost[run]! + (nullableAt(runToolCost, run) ?? 0))
      }
    } else for (const run of item.runs) add(startTimeOf(run), run.modelCostMicros + (run.toolCostMicros ?? 0))
    if (item.corrections === 0) continue
    for (const override of item.overrides) add(override.occurredAt.getTime(), override.costMicros ?? 0)
  }
  const days: DayValue[] = []
  for (let date = period.from; date < period.to; date = addDays(date, 1)) {
    days.push({ date, weekday: weekdayOf(date), value: spent.get(date) ?? 0 })
  }
  return days
}
