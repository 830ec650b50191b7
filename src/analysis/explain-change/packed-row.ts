import type { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { RunView } from '../../attribution/item-days/run-view.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { dayAt } from '../economics/item-dimensions.ts'
import type { SourcedRow } from './item-rows.ts'
import { dimensionsOf } from './row-dimensions.ts'
import { addUsage, pricedTokens, type WritableUsage } from './usage-by-model.ts'

/**
 * The row of an item from a packed day, from its columns: of its runs those from `first` on that started from `from` to `to`
 * (milliseconds after the day's start), of its corrections those that were made in the window.
 */
export function packedRow(
  item: ItemView,
  weekIndex: number,
  first: number,
  from: number,
  to: number,
  made: WorkItemFact['overrides'],
  timeZone: string,
): SourcedRow {
  const { figures } = item.reading
  const models: WritableUsage[] = []
  let [attempts, fees, calls, unpricedCalls, modelMicros, tokens] = [0, 0, 0, 0, 0, 0]
  for (let run = first; run < item.endOfRuns; run++) {
    if (figures.runStarted[run]! < from || figures.runStarted[run]! >= to) continue
    attempts++
    fees += nullableAt(figures.runToolCost, run) ?? 0
    calls += figures.runPriced[run]!
    unpricedCalls += figures.runUnpriced[run]!
    modelMicros += figures.runModelCost[run]!
    for (let use = figures.runUse[run]!; use < figures.runUse[run + 1]!; use++) {
      const inputAndOutput = (nullableAt(figures.useInput, use) ?? 0) + (nullableAt(figures.useOutput, use) ?? 0)
      const model = figures.models[figures.useModel[use]! - 1]!
      tokens += addUsage(
        models,
        model,
        pricedTokens(inputAndOutput, figures.useCalls[use]!, figures.useUnpriced[use]!),
        figures.useCost[use]!,
      )
    }
  }
  if (fees !== 0) models.push({ model: 'tools', tokens: 0, pricedCostMicros: fees })
  return {
    item,
    day: dayAt(figures.start + figures.runStarted[first]!, timeZone),
    weekIndex,
    dimensions: dimensionsOf(item, new RunView(item.reading, first, item.row), timeZone),
    attempts,
    calls,
    unpricedCalls,
    tokens,
    runsMicros: modelMicros + fees,
    correctionsMicros: made.length === 0 ? 0 : made.reduce((sum, one) => sum + (one.costMicros ?? 0), 0),
    resolved: item.status === 'resolved',
    models,
  }
}
