import type { ItemView } from '../../attribution/item-days/item-view.ts'
import type { NullableNumbers, Numbers } from '../../attribution/item-days/numbers.ts'
import { FIRST_TRY, ITEM_STATUSES, USAGE_ESTIMATED } from '../../attribution/item-days/pack-figures.ts'
import { addKnown } from '../../domain/usage.ts'
import type { ItemTotals } from './item-totals.ts'

/** Adds items of one packed day to the totals, column by column: a year has millions of runs. */
export function addViews(totals: ItemTotals, items: readonly ItemView[], from: number, to: number): void {
  const { figures, totals: costs } = items[from]!.reading
  const { run, flags, override, runAttempt } = figures
  const byStatus = new Array<number>(ITEM_STATUSES.length).fill(0)
  const runs: number[] = []
  for (let index = from; index < to; index++) {
    const item = items[index]!
    const { row } = item
    byStatus[figures.status[row]!]!++
    if ((flags[row]! & FIRST_TRY) !== 0) totals.firstTry++
    const [first, end] = [run[row]!, run[row + 1]!]
    if (end > first) totals.attempts += runAttempt[end - 1]!
    totals.totalMicros += costs[row]!
    if (override[row] !== override[row + 1]) addCorrections(totals, item)
    else {
      totals.correctionMinutes ??= 0
      totals.correctionsMicros ??= 0
    }
    for (let one = first; one < end; one++) runs.push(one)
  }
  totals.resolved += byStatus[ITEM_STATUSES.indexOf('resolved')]!
  totals.failed += byStatus[ITEM_STATUSES.indexOf('failed')]!
  totals.escalated += byStatus[ITEM_STATUSES.indexOf('escalated')]!
  totals.cancelled += byStatus[ITEM_STATUSES.indexOf('cancelled')]!
  addRuns(totals, figures, runs)
}

function addCorrections(totals: ItemTotals, item: ItemView): void {
  totals.corrections += item.corrections
  totals.correctedItems++
  totals.unpricedCorrections += item.unpricedCorrections
  totals.correctionMinutes = addKnown(totals.correctionMinutes, item.correctionMinutes)
  totals.correctionsMicros = addKnown(totals.correctionsMicros, item.correctionsMicros)
}

function addRuns(totals: ItemTotals, figures: ItemView['reading']['figures'], runs: readonly number[]): void {
  const { usage } = totals
  totals.runsMicros = addAll(totals.runsMicros, figures.runModelCost, runs)
  totals.toolsMicros = addAllKnown(totals.toolsMicros, figures.runToolCost, runs)
  totals.pricedCalls = addAll(totals.pricedCalls, figures.runPriced, runs)
  totals.unpricedCalls = addAll(totals.unpricedCalls, figures.runUnpriced, runs)
  for (const run of runs) if ((figures.runFlags[run]! & USAGE_ESTIMATED) !== 0) totals.runsWithEstimatedUsage++
  usage.calls = addAll(usage.calls, figures.runCalls, runs)
  usage.callsWithoutUsage = addAll(usage.callsWithoutUsage, figures.runWithoutUsage, runs)
  usage.inputTokens = addAllKnown(usage.inputTokens, figures.runInput, runs)
  usage.cachedInputTokens = addAllKnown(usage.cachedInputTokens, figures.runCached, runs)
  usage.cacheWriteTokens = addAllKnown(usage.cacheWriteTokens, figures.runCacheWrite, runs)
  usage.outputTokens = addAllKnown(usage.outputTokens, figures.runOutput, runs)
  usage.reasoningTokens = addAllKnown(usage.reasoningTokens, figures.runReasoning, runs)
}

function addAll(sum: number, values: Numbers, places: readonly number[]): number {
  let total = sum
  for (let index = 0; index < places.length; index++) total += values[places[index]!]!
  return total
}

/** Null where none is known. */
function addAllKnown(sum: number | null, column: NullableNumbers, places: readonly number[]): number | null {
  const { values, isFloat } = column
  let [total, isKnown] = [sum ?? 0, sum !== null]
  for (let index = 0; index < places.length; index++) {
    const value = values[places[index]!]!
    if (isFloat ? Number.isNaN(value) : value === 0) continue
    total += isFloat ? value : value - 1
    isKnown = true
  }
  return isKnown ? total : null
}
