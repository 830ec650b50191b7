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
export function unitCostInterval(cohort: readonly WorkItemFact[]): Interval | null {
  if (costPerResolved(totalItems(cohort)) === null) return null
  const costs = Float64Array.from(cohort, (item) => item.totalMicros)
  return ratioIntervalOf(
    costs,
    Float64Array.from(cohort, (item) => Number(item.status === 'resolved')),
    LEVEL,
  )
}
