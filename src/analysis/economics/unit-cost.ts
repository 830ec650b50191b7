import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { costPerResolved, totalItems } from './item-totals.ts'
import { readOutcomes } from './read-cohort.ts'
import { type Interval, LEVEL } from './statistics/interval.ts'
import { ratioIntervalOf } from './statistics/ratio-interval.ts'

export const COHORT_SOURCE =
  'cost_per_resolved: items closed in the period with their whole life’s cost (runs, tools, corrections) ÷ resolved items'

/**
 * The interval of a cohort's cost per resolved item in micro-dollars, as of the process behind it; null where there are too
 * few items or the cost is unknown.
 */
export function unitCostInterval(cohort: ItemList, totals = totalItems(cohort)): Interval | null {
  if (costPerResolved(totals) === null) return null
  const { totals: costs, isResolved } = readOutcomes(cohort)
  return ratioIntervalOf(costs, isResolved, LEVEL)
}
