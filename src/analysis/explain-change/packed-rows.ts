import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import { mainModelOf } from '../../attribution/item-days/main-model-of.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { ITEM_STATUSES } from '../../attribution/item-days/pack-figures.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { UsageTableBuilder } from '../why/usage-table-builder.ts'
import { createDayCodes, type DayPlaces } from './day-codes.ts'
import { pricedTokens } from './usage-by-model.ts'

/** Milliseconds since 1970. */
export interface TimeBounds {
  from: number
  to: number
}

/** Adds rows of the items of one packed day, column to column. */
export interface PackedRows {
  /**
   * The row of an item and a window: of its runs those that started in the window, of its corrections those that were `made` in it.
   * Returns when the first of the runs started, in milliseconds since 1970; null where none did, and no row is added.
   */
  add(item: number, window: number, bounds: TimeBounds, made: WorkItemFact['overrides']): number | null
  /** To be called before rows are added in any other way, and after the last: what the items are is set for many at once. */
  settle(): void
}

/** @param most rows that are likely to be added. */
export function createPackedRows(builder: UsageTableBuilder, { figures }: DayReading, most: number): PackedRows {
  const codes = createDayCodes(builder, figures)
  const resolved = ITEM_STATUSES.indexOf('resolved')
  let places = createPlaces(Math.max(1, most))
  let [firstRow, count] = [0, 0]
  return {
    add(item, window, bounds, made) {
      const [from, to] = [bounds.from - figures.start, bounds.to - figures.start]
      const { runStarted } = figures
      const end = figures.run[item + 1]!
      let first = figures.run[item]!
      while (first < end && (runStarted[first]! < from || runStarted[first]! >= to)) first++
      if (first >= end) return null
      const row = builder.addRow()
      let [attempts, fees, calls, unpricedCalls, modelMicros, tokens] = [0, 0, 0, 0, 0, 0]
      for (let run = first; run < end; run++) {
        if (runStarted[run]! < from || runStarted[run]! >= to) continue
        attempts++
        fees += nullableAt(figures.runToolCost, run) ?? 0
        calls += figures.runPriced[run]!
        unpricedCalls += figures.runUnpriced[run]!
        modelMicros += figures.runModelCost[run]!
        for (let use = figures.runUse[run]!; use < figures.runUse[run + 1]!; use++) {
          const all = (nullableAt(figures.useInput, use) ?? 0) + (nullableAt(figures.useOutput, use) ?? 0)
          const priced = pricedTokens(all, figures.useCalls[use]!, figures.useUnpriced[use]!)
          tokens += priced
          builder.addUse(codes.modelCode(figures.useModel[use]!), priced, figures.useCost[use]!)
        }
      }
      if (fees !== 0) builder.addUse(builder.modelCode('tools'), 0, fees)
      builder.week.set(row, window)
      builder.attempts.set(row, attempts)
      builder.calls.set(row, calls)
      if (unpricedCalls > 0) builder.unpricedCalls.set(row, unpricedCalls)
      builder.tokens.set(row, tokens)
      builder.runsMicros.set(row, modelMicros + fees)
      if (made.length > 0) {
        builder.correctionsMicros.set(
          row,
          made.reduce((sum, one) => sum + (one.costMicros ?? 0), 0),
        )
      }
      builder.resolved.set(row, figures.status[item] === resolved ? 1 : 0)
      if (count === 0) firstRow = row
      if (count === places.item.length) places = createPlaces(2 * count, places)
      places.item[count] = item
      places.run[count] = first
      places.model[count++] = mainModelOf(figures, first)
      return figures.start + runStarted[first]!
    },
    settle() {
      if (count > 0) codes.setDimensions(firstRow, count, places)
      count = 0
    },
  }
}

function createPlaces(length: number, before?: DayPlaces): DayPlaces {
  const column = (name: keyof DayPlaces) => {
    const values = new Int32Array(length)
    if (before) values.set(before[name])
    return values
  }
  return { item: column('item'), run: column('run'), model: column('model') }
}
