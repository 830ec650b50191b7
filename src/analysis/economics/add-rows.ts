import type { DayFigures } from '../../attribution/item-days/day-figures.ts'
import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { NullableNumbers, Numbers } from '../../attribution/item-days/numbers.ts'
import { FIRST_TRY, ITEM_STATUSES, USAGE_ESTIMATED } from '../../attribution/item-days/pack-figures.ts'
import { giveBack } from '../../domain/give-back.ts'
import { addKnown } from '../../domain/usage.ts'
import type { ItemTotals } from './item-totals.ts'

/** Adds items of one packed day to the totals, column by column: a year has millions of runs. */
export function addRows(totals: ItemTotals, rows: Uint32Array, from: number, to: number, reading: DayReading): void {
  const { figures, totals: costs } = reading
  const { run, flags, override, runAttempt, status } = figures
  const byStatus = new Array<number>(ITEM_STATUSES.length).fill(0)
  const runs = new Uint32Array(countRuns(run, rows, from, to))
  let count = 0
  for (let place = from; place < to; place++) {
    const row = rows[place]!
    byStatus[status[row]!]!++
    if ((flags[row]! & FIRST_TRY) !== 0) totals.firstTry++
    const [first, end] = [run[row]!, run[row + 1]!]
    if (end > first) totals.attempts += runAttempt[end - 1]!
    totals.totalMicros += costs[row]!
    if (override[row] !== override[row + 1]) addCorrections(totals, new ItemView(reading, row))
    else {
      totals.correctionMinutes ??= 0
      totals.correctionsMicros ??= 0
    }
    for (let one = first; one < end; one++) runs[count++] = one
  }
  totals.resolved += byStatus[ITEM_STATUSES.indexOf('resolved')]!
  totals.failed += byStatus[ITEM_STATUSES.indexOf('failed')]!
  totals.escalated += byStatus[ITEM_STATUSES.indexOf('escalated')]!
  totals.cancelled += byStatus[ITEM_STATUSES.indexOf('cancelled')]!
  addRuns(totals, figures, runs)
  giveBack(runs)
}

function countRuns(starts: Numbers, rows: Uint32Array, from: number, to: number): number {
  let count = 0
  for (let place = from; place < to; place++) count += starts[rows[place]! + 1]! - starts[rows[place]!]!
  return count
}

function addCorrections(totals: ItemTotals, item: ItemView): void {
  totals.corrections += item.corrections
  totals.correctedItems++
  totals.unpricedCorrections += item.unpricedCorrections
  totals.correctionMinutes = addKnown(totals.correctionMinutes, item.correctionMinutes)
  totals.correctionsMicros = addKnown(totals.correctionsMicros, item.correctionsMicros)
}

function addRuns(totals: ItemTotals, figures: DayFigures, runs: Uint32Array): void {
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

function addAll(sum: number, values: Numbers, places: Uint32Array): number {
  let total = sum
  for (let index = 0; index < places.length; index++) total += values[places[index]!]!
  return total
}

/** Null where none is known. */
function addAllKnown(sum: number | null, column: NullableNumbers, places: Uint32Array): number | null {
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
