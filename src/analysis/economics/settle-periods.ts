import { boundsOf, type Period } from '../../domain/period.ts'
import type { Plan } from '../../domain/plan.ts'
import { findLastActivity } from '../../store/queries/find-activity.ts'
import type { AnalysisContext } from '../analysis.ts'
import { comparisonOf, defaultWeeks, lastClosedWeek, weekOf, weeksUntil } from './default-periods.ts'

export interface SettledPeriods {
  period: Period
  comparison: Period
  /** The question named no period and nothing happened in the last closed week: this is the week of the latest work. */
  isShifted: boolean
}

/**
 * The periods that a plan is answered for. Where it names none: the last closed week (several weeks for analyses that need
 * more), unless nothing happened in it; then the week of the latest work, which may be the current one.
 */
export async function settlePeriods(
  context: Pick<AnalysisContext, 'db' | 'standpoint' | 'workflows'>,
  plan: Plan,
): Promise<SettledPeriods> {
  if (plan.period) {
    return { period: plan.period, comparison: plan.comparison ?? comparisonOf(plan.period), isShifted: false }
  }
  const { timeZone, asOf } = context.standpoint
  const closed = lastClosedWeek(asOf, timeZone)
  const latest = await latestActivity(context, plan)
  const week = latest && !latest.isInClosedWeek ? weekOf(latest.at, timeZone) : closed
  const period = weeksUntil(week, defaultWeeks(plan.analysis))
  return { period, comparison: plan.comparison ?? comparisonOf(period), isShifted: week.from !== closed.from }
}

async function latestActivity(context: Pick<AnalysisContext, 'db' | 'standpoint' | 'workflows'>, plan: Plan) {
  const { asOf, knownAt, timeZone } = context.standpoint
  const names = plan.workflow === undefined ? context.workflows.map((workflow) => workflow.name) : [plan.workflow]
  const closedWeek = boundsOf(lastClosedWeek(asOf, timeZone), timeZone)
  let latest: Date | null = null
  for (const workflow of names) {
    if (await findLastActivity(context.db, { workflow, ...closedWeek, knownAt })) {
      return { at: closedWeek.from, isInClosedWeek: true }
    }
    const at = await findLastActivity(context.db, { workflow, to: new Date(asOf.getTime() + 1), knownAt })
    if (at && (latest === null || at > latest)) latest = at
  }
  return latest && { at: latest, isInClosedWeek: false }
}
