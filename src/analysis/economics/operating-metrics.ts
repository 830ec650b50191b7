import type { OperatingMetric } from '../../domain/operating-metric.ts'
import { type CalendarDate, dateIn } from '../../domain/period.ts'
import type { Plan } from '../../domain/plan.ts'
import { countResolvedByDay } from '../../store/queries/count-resolved-by-day.ts'
import { findFirstActivity } from '../../store/queries/find-first-activity.ts'
import { listOperatingMetrics } from '../../store/queries/list-operating-metrics.ts'
import type { Analysis, AnalysisContext } from '../analysis.ts'
import { computeOperatingMetrics } from './compute-operating-metrics.ts'
import { resolveParameters } from './parameters.ts'
import { settlePeriods } from './settle-periods.ts'

export const operatingMetricsAnalysis: Analysis = {
  name: 'operating_metrics',
  title: 'Has the operation changed?',
  description:
    'The operation’s own figures before and after the agents, as an interrupted series, beside what they resolved.',
  example: 'did the outsourcing invoice change since the claims agent went live?',
  async run(context, plan) {
    const { period, comparison } = await settlePeriods(context, plan)
    const parameters = resolveParameters(context, { ...plan, period, comparison })
    const { asOf, knownAt, timeZone } = context.standpoint
    const workflow = plan.workflow ?? null
    const metrics = await listOperatingMetrics(context.db, { workflow, until: dateIn(asOf, timeZone), knownAt })
    const resolved = await countResolvedByDay(context.db, { workflow, timeZone, asOf, knownAt })
    const names = [...new Set(metrics.map((metric) => metric.workflow))]
    const dates = new Map<string | null, CalendarDate>()
    // One after another: inside a transaction there is one connection.
    for (const name of names) {
      const own = metrics.filter((metric) => metric.workflow === name)
      const date = await dateOfChange(context, { ...plan, workflow: name ?? plan.workflow }, own)
      if (date !== null) dates.set(name, date)
    }
    return computeOperatingMetrics(metrics, resolved, dates, parameters, plan.text ?? null)
  },
}

/** Fewer periods than these tell no change. */
const LEAST_BEFORE = 3
const LEAST_AFTER = 1

/**
 * The day that parts before from after: the agents' first run, where the metrics reach far enough to both sides of it; else
 * the start of the period asked about.
 */
async function dateOfChange(
  context: AnalysisContext,
  plan: Plan,
  metrics: readonly OperatingMetric[],
): Promise<CalendarDate | null> {
  const { asOf, knownAt, timeZone } = context.standpoint
  const first = await findFirstActivity(context.db, { workflow: plan.workflow, to: asOf, knownAt })
  const date = first && dateIn(first, timeZone)
  const isCovered =
    date !== null &&
    metrics.filter((metric) => metric.periodEnd <= date).length >= LEAST_BEFORE &&
    metrics.filter((metric) => metric.periodStart >= date).length >= LEAST_AFTER
  return isCovered || !plan.period ? date : plan.period.from
}
