import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { addDays, type CalendarDate, type Period, weekdayOf } from '../../domain/period.ts'
import { eachDay } from '../economics/each-day.ts'
import { dayAt, startTimeOf } from '../economics/item-dimensions.ts'
import type { DayValue } from '../why/detect-shift.ts'

/** Dollars spent on each day of a period, in micro-dollars, in order. A day without work is 0: nothing was spent. */
export function dailyCost(items: ItemList, period: Period, timeZone: string): DayValue[] {
  const spent = new Map<CalendarDate, number>()
  // What comes one after the other is nearly always of one day.
  let [current, sum] = [period.from, 0]
  const add = (time: number, micros: number) => {
    const date = dayAt(time, timeZone)
    if (date !== current) {
      spent.set(current, sum)
      current = date
      sum = spent.get(date) ?? 0
    }
    sum += micros
  }
  const addCorrections = (item: WorkItemFact) => {
    for (const override of item.overrides) add(override.occurredAt.getTime(), override.costMicros ?? 0)
  }
  eachDay(items, {
    rows(rows, from, to, reading) {
      const { start, run, override, runStarted, runModelCost, runToolCost } = reading.figures
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        for (let one = run[row]!; one < run[row + 1]!; one++) {
          add(start + runStarted[one]!, runModelCost[one]! + (nullableAt(runToolCost, one) ?? 0))
        }
        if (override[row] !== override[row + 1]) addCorrections(new ItemView(reading, row))
      }
    },
    fact(item) {
      for (const run of item.runs) add(startTimeOf(run), run.modelCostMicros + (run.toolCostMicros ?? 0))
      if (item.corrections > 0) addCorrections(item)
    },
  })
  spent.set(current, sum)
  const days: DayValue[] = []
  for (let date = period.from; date < period.to; date = addDays(date, 1)) {
    days.push({ date, weekday: weekdayOf(date), value: spent.get(date) ?? 0 })
  }
  return days
}
