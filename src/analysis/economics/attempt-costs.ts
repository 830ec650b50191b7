import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { RunFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { eachDay } from './each-day.ts'
import { NumberList } from './number-list.ts'
import type { CohortColumns } from './read-cohort.ts'

/** The items that came to one attempt with a known cost of it, in order: its cost, and 1 where it resolved them. */
export interface AttemptColumns {
  costs: Float64Array
  gains: Float64Array
}

/** Attempts from the first to the `most`th, each in one look at every item. */
export function attemptCosts({ items, isResolved }: CohortColumns, most: number): AttemptColumns[] {
  const attempts = Array.from({ length: most }, () => ({ costs: new NumberList(), gains: new NumberList() }))
  const add = (attempt: number, cost: MicroDollars, isResolving: boolean) => {
    const { costs, gains } = attempts[attempt - 1]!
    costs.push(cost)
    gains.push(isResolving ? 1 : 0)
  }
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
          if (isPriced) add(attempt, cost, isResolved[place] === 1 && attempt === last)
        }
      }
    },
    fact({ runs, attempts: last }, place) {
      for (let attempt = 1; attempt <= Math.min(most, last); attempt++) {
        const cost = costOfAttempt(runs, attempt)
        if (cost !== null) add(attempt, cost, isResolved[place] === 1 && attempt === last)
      }
    },
  })
  return attempts.map(({ costs, gains }) => ({ costs: costs.values, gains: gains.values }))
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
