import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { costPerResolved, ratioOf, totalItems } from './item-totals.ts'
import { runCountOf } from './select-items.ts'

/** The retry tail of a set of items. Money in micro-dollars; null is unknown or over nothing. */
export interface RetryMeasure {
  items: number
  /** Runs that were seen. */
  attempts: number
  firstTry: number
  /** p: share resolved by the first attempt without a correction. */
  firstTryRate: number | null
  /** T: mean cost of an attempt, model calls and tool fees. */
  costPerAttempt: MicroDollars | null
  /** T ÷ p. */
  predicted: MicroDollars | null
  /** Runs only ÷ resolved: what T ÷ p can be held against. */
  runsPerResolved: MicroDollars | null
  /** Everything, corrections included, ÷ resolved. */
  perResolved: MicroDollars | null
  attemptsPerResolved: number | null
  afterFirstMicros: MicroDollars | null
  /** Of the runs' cost. */
  afterFirstShare: number | null
}

export function measureRetries(items: readonly WorkItemFact[]): RetryMeasure {
  const totals = totalItems(items)
  const known = totals.runsMicros + (totals.toolsMicros ?? 0)
  const runs = known === 0 && totals.unpricedCalls > 0 ? null : known
  const firstTryRate = ratioOf(totals.firstTry, totals.items)
  const runCount = items.reduce((sum, item) => sum + runCountOf(item), 0)
  const costPerAttempt = ratioOf(runs, runCount)
  const after = costAfterFirst(items)
  return {
    items: totals.items,
    attempts: runCount,
    firstTry: totals.firstTry,
    firstTryRate,
    costPerAttempt,
    predicted: costPerAttempt !== null && firstTryRate ? costPerAttempt / firstTryRate : null,
    runsPerResolved: ratioOf(runs, totals.resolved),
    perResolved: costPerResolved(totals),
    attemptsPerResolved: ratioOf(totals.attempts, totals.resolved),
    afterFirstMicros: after,
    afterFirstShare: after === null || !runs ? null : after / runs,
  }
}

/** Known cost of the runs that were no first attempts; null where there were such runs and none of it is known. */
function costAfterFirst(items: readonly WorkItemFact[]): MicroDollars | null {
  let micros = 0
  let unpriced = 0
  for (const item of items) {
    if (item instanceof ItemView) {
      const { runAttempt, runModelCost, runToolCost, runUnpriced } = item.reading.figures
      for (let run = item.firstRun; run < item.endOfRuns; run++) {
        if (runAttempt[run] === 1) continue
        micros += runModelCost[run]! + (nullableAt(runToolCost, run) ?? 0)
        unpriced += runUnpriced[run]!
      }
      continue
    }
    for (const run of item.runs) {
      if (run.attempt === 1) continue
      micros += run.modelCostMicros + (run.toolCostMicros ?? 0)
      unpriced += run.unpricedCalls
    }
  }
  return micros === 0 && unpriced > 0 ? null : micros
}
