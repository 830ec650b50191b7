import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { scratch } from '../../domain/scratch.ts'
import { eachDay } from './each-day.ts'
import { costPerResolved, ratioOf, totalItems } from './item-totals.ts'

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

export function measureRetries(items: ItemList): RetryMeasure {
  const totals = totalItems(items)
  const known = totals.runsMicros + (totals.toolsMicros ?? 0)
  const runs = known === 0 && totals.unpricedCalls > 0 ? null : known
  const firstTryRate = ratioOf(totals.firstTry, totals.items)
  const { runs: runCount, afterFirstMicros: after } = sumAttempts(items)
  const costPerAttempt = ratioOf(runs, runCount)
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

/** Runs, and the known cost of those that were no first attempts; null where there were such runs and none of it is known. */
function sumAttempts(items: ItemList): { runs: number; afterFirstMicros: MicroDollars | null } {
  let [count, micros, unpriced] = [0, 0, 0]
  eachDay(items, {
    rows(rows, from, to, { figures }) {
      const { run: starts, runAttempt, runModelCost, runToolCost, runUnpriced } = figures
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        count += starts[row + 1]! - starts[row]!
        for (let run = starts[row]!; run < starts[row + 1]!; run++) {
          if (runAttempt[run] === 1) continue
          micros += runModelCost[run]! + (nullableAt(runToolCost, run) ?? 0)
          unpriced += runUnpriced[run]!
        }
      }
    },
    fact({ runs }) {
      count += runs.length
      for (const run of runs) {
        if (run.attempt === 1) continue
        micros += run.modelCostMicros + (run.toolCostMicros ?? 0)
        unpriced += run.unpricedCalls
      }
    },
  })
  return { runs: count, afterFirstMicros: micros === 0 && unpriced > 0 ? null : micros }
}

/** The number of the last attempt of each item, by place; 0: it has no run. */
export function readAttempts(items: ItemList): Uint32Array {
  const attempts = scratch(Uint32Array, items.length)
  eachDay(items, {
    rows(rows, from, to, { figures: { run, runAttempt } }) {
      for (let place = from; place < to; place++) {
        const [first, end] = [run[rows[place]!]!, run[rows[place]! + 1]!]
        if (end > first) attempts[place] = runAttempt[end - 1]!
      }
    },
    fact(item, place) {
      attempts[place] = item.attempts
    },
  })
  return attempts
}
