import type { WorkItemFact } from '../../domain/facts.ts'
import { costPerResolved, totalItems } from './item-totals.ts'
import { type Interval, LEVEL } from './statistics/interval.ts'
import { ratioIntervalOf } from './statistics/ratio-interval.ts'

export const COHORT_SOURCE =
  'cost_per_resolved: items closed in the period with their whole life’s cost (runs, tools, corrections) ÷ resolved items'

/**
 * The interval of a cohort's cost per resolved item in micro-dollars, as of the process behind it; null where there are too
 * few items or the cost is unknown.
 */
export function unitCostInterval(cohort: readonly WorkItemFact[], totals = totalItems(cohort)): Interval | null {
  if (costPerResolved(totals) === null) return null
  const [costs, resolved] = [new Float64Array(cohort.length), new Float64Array(cohort.length)]
  for (let index = 0; index < cohort.length; index++) {
    const item = cohort[index]!
    costs[index] = item.totalMicros
    if (item.status === 'resolved') resolved[index] = 1
  }
  return ratioIntervalOf(costs, resolved, LEVEL)
}
