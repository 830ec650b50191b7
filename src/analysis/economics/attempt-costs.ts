import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { costOfAttempt } from './attempts-of-items.ts'
import type { CohortColumns } from './read-cohort.ts'

/** The items that came to one attempt with a known cost of it, in order: its cost, and 1 where it resolved them. */
export interface AttemptColumns {
  costs: number[]
  gains: number[]
}

/** Attempts from the first to the `most`th, each in one look at every item. */
export function attemptCosts({ items, isResolved }: CohortColumns, most: number): AttemptColumns[] {
  const attempts = Array.from({ length: most }, (): AttemptColumns => ({ costs: [], gains: [] }))
  const add = (place: number, attempt: number, cost: MicroDollars) => {
    const { costs, gains } = attempts[attempt - 1]!
    costs.push(cost)
    gains.push(isResolved[place] === 1 && items[place]!.attempts === attempt ? 1 : 0)
  }
  for (let place = 0; place < items.length; place++) {
    const item = items[place]!
    const single = item instanceof ItemView ? singleRun(item) : -1
    if (item instanceof ItemView && single >= 0) {
      const { runAttempt, runUnpriced, runModelCost, runToolCost } = item.reading.figures
      const attempt = runAttempt[single]!
      if (runUnpriced[single] !== 0 || attempt < 1 || attempt > most) continue
      add(place, attempt, runModelCost[single]! + (nullableAt(runToolCost, single) ?? 0))
      continue
    }
    for (let attempt = 1; attempt <= Math.min(most, item.attempts); attempt++) {
      const cost = costOfAttempt(item, attempt)
      if (cost !== null) add(place, attempt, cost)
    }
  }
  return attempts
}

/** Most items have one run, of which nothing is to be added up; −1 where there is another number of them. */
function singleRun({ firstRun, endOfRuns }: ItemView): number {
  return endOfRuns - firstRun === 1 ? firstRun : -1
}
