import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemListBuilder } from '../../attribution/item-days/item-list-builder.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { CalendarDate } from '../../domain/period.ts'
import { eachDay } from '../economics/each-day.ts'
import { dayAt, startTimeOf } from '../economics/item-dimensions.ts'
import { type Bounds, isTimeWithin, isWithin } from '../economics/parameters.ts'
import { itemsAt } from '../economics/select-items.ts'
import type { ItemRow } from '../why/item-row.ts'
import { addItemRow } from '../why/tabulate-rows.ts'
import type { UsageTable } from '../why/usage-table.ts'
import { UsageTableBuilder } from '../why/usage-table-builder.ts'
import { createPackedRows, type TimeBounds } from './packed-rows.ts'
import { dimensionsOf } from './row-dimensions.ts'
import { addUse, type WritableUsage } from './usage-by-model.ts'

export interface BoundedWindow {
  index: number
  bounds: Bounds
}

/** A table that knows which item each row came from, so that a named cause can show its traces. */
export type SourcedTable = UsageTable & {
  items: ItemList
  /** Of each row's first run (or correction) in the window. */
  days: readonly CalendarDate[]
}

/** The items of all rows that pass, in order; an item once for each of its rows. */
export function itemsWhere(table: SourcedTable, passes: (row: number) => boolean): ItemList {
  return itemsAt(table.items, passes)
}

/**
 * What each item used in each window: `spend` counts runs that started and corrections that were made in it; `cohort` counts
 * the whole life of items that closed in it. Agent-side dimensions are those of the first run that counts.
 */
export function tabulateItems(
  items: ItemList,
  windows: readonly BoundedWindow[],
  view: 'spend' | 'cohort',
  timeZone: string,
): SourcedTable {
  const builder = new UsageTableBuilder(items.length)
  const itemOfRow = new ItemListBuilder()
  const days: CalendarDate[] = []
  const add = (item: WorkItemFact, window: number, runs: readonly RunFact[], made: WorkItemFact['overrides']) => {
    const begins = runs[0] ? startTimeOf(runs[0]) : (made[0]?.occurredAt ?? item.startedAt).getTime()
    itemOfRow.add(item)
    days.push(dayAt(begins, timeZone))
    addItemRow(builder, rowOf(item, window, runs, made, timeZone))
  }
  const timed = windows.map(({ index, bounds }) => ({
    ...{ index, bounds, times: { from: bounds.from.getTime(), to: bounds.to.getTime() } },
  }))
  const addFact = (item: WorkItemFact) => {
    const { runs } = item
    const overrides = item.corrections === 0 ? NONE : item.overrides
    for (const { index, bounds } of windows) {
      if (view === 'cohort') {
        if (isWithin(item.closedAt, bounds) && runs.length + overrides.length > 0) add(item, index, runs, overrides)
        continue
      }
      const own = runs.filter((run) => isTimeWithin(startTimeOf(run), bounds))
      const made = overrides.filter((one) => isWithin(one.occurredAt, bounds))
      if (own.length + made.length > 0) add(item, index, own, made)
    }
  }
  const addDay = (rows: Uint32Array, from: number, to: number, reading: DayReading) => {
    const packed = createPackedRows(builder, reading, to - from)
    const near = windowsOf(reading, timed)
    const { start, override, overrideAt } = reading.figures
    const addPacked = (row: number, { index, times }: (typeof timed)[number], made: WorkItemFact['overrides']) => {
      const begins = packed.add(row, index, times, made)
      if (begins === null) return false
      itemOfRow.addRow(reading, row)
      days.push(dayAt(begins, timeZone))
      return true
    }
    for (let place = from; place < to; place++) {
      const row = rows[place]!
      if (override[row] === override[row + 1]) {
        for (const window of near) addPacked(row, window, NONE)
        continue
      }
      const item = new ItemView(reading, row)
      const { overrides } = item
      const first = override[row]!
      for (const window of timed) {
        const made = overrides.filter((_, index) => isTimeWithin(start + overrideAt[first + index]!, window.bounds))
        if (addPacked(row, window, made) || made.length === 0) continue
        packed.settle()
        add(item, window.index, [], made)
      }
    }
    packed.settle()
  }
  eachDay(items, {
    rows(rows, from, to, reading) {
      if (view === 'spend') addDay(rows, from, to, reading)
      else for (let place = from; place < to; place++) addFact(new ItemView(reading, rows[place]!))
    },
    fact: addFact,
  })
  return { ...builder.build(), items: itemOfRow.build(), days }
}

const NONE: WorkItemFact['overrides'] = []

/** Those in which any run of a packed day may have started: nearly always one of many. */
function windowsOf<Window extends { times: TimeBounds }>(
  { figures }: DayReading,
  windows: readonly Window[],
): Window[] {
  let [first, last] = [Infinity, -Infinity]
  const { runStarted, start } = figures
  for (let run = 0; run < runStarted.length; run++) {
    if (runStarted[run]! < first) first = runStarted[run]!
    if (runStarted[run]! > last) last = runStarted[run]!
  }
  return windows.filter(({ times }) => start + last >= times.from && start + first < times.to)
}

function rowOf(
  item: WorkItemFact,
  weekIndex: number,
  runs: readonly RunFact[],
  overrides: WorkItemFact['overrides'],
  timeZone: string,
): ItemRow {
  const models: WritableUsage[] = []
  let [fees, calls, unpricedCalls, modelMicros, tokens] = [0, 0, 0, 0, 0]
  for (const run of runs) {
    fees += run.toolCostMicros ?? 0
    calls += run.pricedCalls
    unpricedCalls += run.unpricedCalls
    modelMicros += run.modelCostMicros
    for (const use of run.models) tokens += addUse(models, use)
  }
  if (fees !== 0) models.push({ model: 'tools', tokens: 0, pricedCostMicros: fees })
  return {
    weekIndex,
    dimensions: dimensionsOf(item, runs[0] ?? item.runs[0], timeZone),
    attempts: runs.length,
    calls,
    unpricedCalls,
    tokens,
    runsMicros: modelMicros + fees,
    correctionsMicros: overrides.reduce((sum, one) => sum + (one.costMicros ?? 0), 0),
    resolved: item.status === 'resolved',
    models,
  }
}
