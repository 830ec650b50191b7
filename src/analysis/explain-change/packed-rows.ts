import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { ItemView } from '../../attribution/item-days/item-view.ts'
import { mainModelOf } from '../../attribution/item-days/main-model-of.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { UsageTableBuilder } from '../why/usage-table-builder.ts'
import { createDayCodes, type DayCodes } from './day-codes.ts'
import { pricedTokens } from './usage-by-model.ts'

/** Milliseconds since 1970. */
export interface TimeBounds {
  from: number
  to: number
}

/**
 * Adds the row of an item of a packed day and a window, column to column: of its runs those that started in the window, of its
 * corrections those that were `made` in it. Returns when the first of the runs started, in milliseconds since 1970; null where
 * none did, and no row is added.
 */
export function createPackedRows(builder: UsageTableBuilder) {
  let reading: DayReading | null = null
  let codes: DayCodes | null = null
  return (item: ItemView, window: number, bounds: TimeBounds, made: WorkItemFact['overrides']): number | null => {
    const { figures } = item.reading
    const [from, to] = [bounds.from - figures.start, bounds.to - figures.start]
    const { endOfRuns } = item
    let first = item.firstRun
    while (first < endOfRuns && (figures.runStarted[first]! < from || figures.runStarted[first]! >= to)) first++
    if (first >= endOfRuns) return null
    if (item.reading !== reading || codes === null) {
      reading = item.reading
      codes = createDayCodes(builder, figures)
    }
    const row = builder.addRow()
    let [attempts, fees, calls, unpricedCalls, modelMicros, tokens] = [0, 0, 0, 0, 0, 0]
    for (let run = first; run < endOfRuns; run++) {
      if (figures.runStarted[run]! < from || figures.runStarted[run]! >= to) continue
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
    builder.unpricedCalls.set(row, unpricedCalls)
    builder.tokens.set(row, tokens)
    builder.runsMicros.set(row, modelMicros + fees)
    if (made.length > 0) {
      builder.correctionsMicros.set(
        row,
        made.reduce((sum, one) => sum + (one.costMicros ?? 0), 0),
      )
    }
    builder.resolved.set(row, item.status === 'resolved' ? 1 : 0)
    codes.setDimensions(row, item.row, first, mainModelOf(figures, first))
    return figures.start + figures.runStarted[first]!
  }
}
