import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { addKnown, NO_USAGE, type UsageTotals } from '../../domain/usage.ts'
import { addRows } from './add-rows.ts'
import { eachDay } from './each-day.ts'

/** Sums over a set of items. Money is the known part, in micro-dollars; `pricedCalls` and the like tell how much that is. */
export interface ItemTotals {
  items: number
  resolved: number
  failed: number
  escalated: number
  cancelled: number
  firstTry: number
  attempts: number
  corrections: number
  correctedItems: number
  unpricedCorrections: number
  correctionMinutes: number | null
  runsMicros: MicroDollars
  toolsMicros: MicroDollars | null
  correctionsMicros: MicroDollars | null
  totalMicros: MicroDollars
  pricedCalls: number
  unpricedCalls: number
  usage: UsageTotals
  runsWithEstimatedUsage: number
}

export function totalItems(items: ItemList): ItemTotals {
  const usage = { ...NO_USAGE }
  const totals: ItemTotals = {
    ...{ items: items.length, resolved: 0, failed: 0, escalated: 0, cancelled: 0, firstTry: 0, attempts: 0 },
    ...{ corrections: 0, correctedItems: 0, unpricedCorrections: 0, correctionMinutes: null },
    ...{ runsMicros: 0, toolsMicros: null, correctionsMicros: null, totalMicros: 0 },
    ...{ pricedCalls: 0, unpricedCalls: 0, usage, runsWithEstimatedUsage: 0 },
  }
  eachDay(items, {
    rows: (rows, from, to, reading) => addRows(totals, rows, from, to, reading),
    fact: (item) => addFact(totals, item),
  })
  return totals
}

function addFact(totals: ItemTotals, item: WorkItemFact): void {
  if (item.status === 'resolved') totals.resolved++
  if (item.status === 'failed') totals.failed++
  if (item.status === 'escalated') totals.escalated++
  if (item.status === 'cancelled') totals.cancelled++
  if (item.firstTry) totals.firstTry++
  totals.attempts += item.attempts
  totals.corrections += item.corrections
  if (item.corrections > 0) totals.correctedItems++
  totals.unpricedCorrections += item.unpricedCorrections
  totals.correctionMinutes = addKnown(totals.correctionMinutes, item.correctionMinutes)
  totals.runsMicros += item.runsMicros
  totals.toolsMicros = addKnown(totals.toolsMicros, item.toolsMicros)
  totals.correctionsMicros = addKnown(totals.correctionsMicros, item.correctionsMicros)
  totals.totalMicros += item.totalMicros
  totals.pricedCalls += item.pricedCalls
  totals.unpricedCalls += item.unpricedCalls
  addInto(totals.usage, item.usage)
  for (const run of item.runs) if (run.usageEstimated) totals.runsWithEstimatedUsage++
}

/** `addUsage` in place: a sum over a year of items makes no object for each. */
function addInto(sum: UsageTotals, usage: UsageTotals): void {
  sum.calls += usage.calls
  sum.callsWithoutUsage += usage.callsWithoutUsage
  sum.inputTokens = addKnown(sum.inputTokens, usage.inputTokens)
  sum.cachedInputTokens = addKnown(sum.cachedInputTokens, usage.cachedInputTokens)
  sum.cacheWriteTokens = addKnown(sum.cacheWriteTokens, usage.cacheWriteTokens)
  sum.outputTokens = addKnown(sum.outputTokens, usage.outputTokens)
  sum.reasoningTokens = addKnown(sum.reasoningTokens, usage.reasoningTokens)
}

/**
 * The known cost; null where nothing is known of a cost that was incurred (every call or correction unpriced): unknown is
 * not 0.
 */
export function knownCost(
  totals: Pick<ItemTotals, 'totalMicros' | 'unpricedCalls' | 'unpricedCorrections'>,
): MicroDollars | null {
  const isUnknown = totals.totalMicros === 0 && totals.unpricedCalls + totals.unpricedCorrections > 0
  return isUnknown ? null : totals.totalMicros
}

/** Σ cost of all items ÷ resolved items, in whole micro-dollars; null without a resolved item or a known cost. */
export function costPerResolved(totals: ItemTotals): MicroDollars | null {
  const cost = knownCost(totals)
  return cost === null || totals.resolved === 0 ? null : Math.round(cost / totals.resolved)
}

/** Share of calls whose price is known; null without a call. */
export function pricedShare(totals: Pick<ItemTotals, 'pricedCalls' | 'unpricedCalls'>): number | null {
  return ratioOf(totals.pricedCalls, totals.pricedCalls + totals.unpricedCalls)
}

/** Null over nothing. */
export function ratioOf(numerator: number | null, denominator: number): number | null {
  return numerator === null || denominator === 0 ? null : numerator / denominator
}
