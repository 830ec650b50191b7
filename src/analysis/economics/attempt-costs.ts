import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { costOfAttempt } from './attempts-of-items.ts'
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
  for (let place = 0; place < items.length; place++) {
    const item = items[place]!
    const single = item instanceof ItemView ? singleRun(item) : -1
    if (item instanceof ItemView && single >= 0) {
      const { runAttempt, runUnpriced, runModelCost, runToolCost } = item.reading.figures
      const attempt = runAttempt[single]!
      if (runUnpriced[single] !== 0 || attempt < 1 || attempt > most) continue
      // The only run is the last attempt too.
      add(attempt, runModelCost[single]! + (nullableAt(runToolCost, single) ?? 0), isResolved[place] === 1)
      continue
    }
    const last = item.attempts
    for (let attempt = 1; attempt <= Math.min(most, last); attempt++) {
      const cost = costOfAttempt(item, attempt)
      if (cost !== null) add(attempt, cost, isResolved[place] === 1 && attempt === last)
    }
  }
  return attempts.map(({ costs, gains }) => ({ costs: costs.values, gains: gains.values }))
}

/** Most items have one run, of which nothing is to be added up; −1 where there is another number of them. */
function singleRun({ firstRun, endOfRuns }: ItemView): number {
  return endOfRuns - firstRun === 1 ? firstRun : -1
}
