import { dateIn } from '../../domain/period.ts'
import type { Plan } from '../../domain/plan.ts'
import { defaultComparison, lastClosedWeek, recentWeeks } from './assign-periods.ts'

/** Fills in the times that a proposed plan leaves open, by the same habits as the rules. */
export function completePlan(plan: Plan, { asOf, timeZone }: { asOf: Date; timeZone: string }): Plan {
  if (['find', 'work_item', 'help'].includes(plan.analysis)) return plan
  const today = dateIn(asOf, timeZone)
  const isChange = plan.analysis === 'explain_change'
  const period = plan.period ?? (isChange ? lastClosedWeek(today) : recentWeeks(today))
  const comparison = plan.comparison ?? defaultComparison(period, isChange && !plan.period ? 'week' : 'range')
  return { ...plan, period, comparison }
}
