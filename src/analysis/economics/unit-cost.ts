import type { WorkItemFact } from '../../domain/facts.ts'
import { costPerResolved, totalItems } from './item-totals.ts'
import { type Interval, LEVEL } from './statistics/interval.ts'
import { ratioInterval } from './statistics/ratio-interval.ts'

export const COHORT_SOURCE =
  'cost_per_resolved: items closed in the period with their whole life’s cost (runs, tools, corrections) ÷ resolved items'

/**
 * The interval of a cohort's cost per resolved item in micro-dollars, as of the process behind it; null where there are too
 * few items or the cost is unknown.
 */
export function unitCostInterval(cohort: readonly WorkItemFact[]): Interval | null {
  if (costPerResolved(totalItems(cohort)) === null) return null
  const parts = cohort.map((item) => ({ numerator: item.totalMicros, denominator: item.status === 'resolved' ? 1 : 0 }))
  return ratioInterval(parts, LEVEL)
}
