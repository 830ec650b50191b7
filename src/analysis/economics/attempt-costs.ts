import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { RunFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { eachDay } from './each-day.ts'
import type { CohortColumns } from './read-cohort.ts'

/**
 * Visits the attempts of items that have a known cost, from the first to the `most`th, in the order of the items: the cost of each, and 1
 * where it resolved its item.
 */
export function eachAttempt(
  { items, isResolved }: CohortColumns,
  most: number,
  visit: (attempt: number, cost: MicroDollars, gain: number) => void,
): void {
  eachDay(items, {
    rows(rows, from, to, { figures }) {
      const { run: starts, runAttempt, runUnpriced, runModelCost, runToolCost } = figures
      for (let place = from; place < to; place++) {
        const [first, end] = [starts[rows[place]!]!, starts[rows[place]! + 1]!]
        const last = end === first ? 0 : runAttempt[end - 1]!
        for (let attempt = 1; attempt <= Math.min(most, last); attempt++) {
          let [cost, isPriced] = [0, false]
          for (let run = first; run < end; run++) {
            if (runAttempt[run] !== attempt) continue
            if (runUnpriced[run] === 0) isPriced = true
            cost += runModelCost[run]! + (nullableAt(runToolCost, run) ?? 0)
          }
          if (isPriced) visit(attempt, cost, attempt === last ? isResolved[place]! : 0)
        }
      }
    },
    fact({ runs, attempts: last }, place) {
      for (let attempt = 1; attempt <= Math.min(most, last); attempt++) {
        const cost = costOfAttempt(runs, attempt)
        if (cost !== null) visit(attempt, cost, attempt === last ? isResolved[place]! : 0)
      }
    },
  })
}

/** Model calls and tool fees of one attempt; null where no run of it has all its calls priced. */
function costOfAttempt(runs: readonly RunFact[], attempt: number): MicroDollars | null {
  let [cost, isPriced] = [0, false]
  for (const run of runs) {
    if (run.attempt !== attempt) continue
    if (run.unpricedCalls === 0) isPriced = true
    cost += run.modelCostMicros + (run.toolCostMicros ?? 0)
  }
  return isPriced ? cost : null
}
