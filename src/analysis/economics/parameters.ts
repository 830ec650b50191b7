import type { CalendarDate, Period } from '../../domain/period.ts'
import { boundsOf } from '../../domain/period.ts'
import type { Metric, Plan, Standpoint } from '../../domain/plan.ts'
import type { Workflow } from '../../domain/workflow.ts'
import { comparisonOf, defaultWeeks, lastClosedWeek, weeksUntil } from './default-periods.ts'

/** Instants: `from` inclusive, `to` exclusive. */
export interface Bounds {
  from: Date
  to: Date
}

/** A plan with nothing left open: what every `computeX` takes beside the items. */
export interface EconomicsParameters {
  /** Null: all workflows. */
  workflow: Workflow | null
  workflows: readonly Workflow[]
  metric: Metric | null
  period: Period
  comparison: Period
  bounds: Bounds
  comparisonBounds: Bounds
  /** Segment attributes and agent-side dimensions; values are compared as strings. */
  filters: Readonly<Record<string, string>>
  groupBy: string | null
  asOf: Date
  timeZone: string
  baseUrl: string
}

/** Fills in what the plan leaves open: the last closed week (or weeks), compared with the period before. Pure. */
export function resolveParameters(
  context: { standpoint: Standpoint; baseUrl: string; workflows: readonly Workflow[] },
  plan: Plan,
): EconomicsParameters {
  const { asOf, timeZone } = context.standpoint
  const period = plan.period ?? weeksUntil(lastClosedWeek(asOf, timeZone), defaultWeeks(plan.analysis))
  const comparison = plan.comparison ?? comparisonOf(period)
  return {
    workflow: plan.workflow === undefined ? null : workflowNamed(context.workflows, plan.workflow),
    workflows: context.workflows,
    metric: plan.metric ?? null,
    period,
    comparison,
    bounds: notAfter(boundsOf(period, timeZone), asOf),
    comparisonBounds: notAfter(boundsOf(comparison, timeZone), asOf),
    filters: plan.filters ?? {},
    groupBy: plan.groupBy ?? null,
    asOf,
    timeZone,
    baseUrl: context.baseUrl,
  }
}

/** A workflow that nobody has set up still answers: its unit is "item". */
function workflowNamed(workflows: readonly Workflow[], name: string): Workflow {
  return workflows.find((workflow) => workflow.name === name) ?? { name, unit: 'item' }
}

/** What a unit of the workflow is called; "item" across workflows of different units. */
export function unitName(parameters: Pick<EconomicsParameters, 'workflow' | 'workflows'>): string {
  if (parameters.workflow) return parameters.workflow.unit
  const units = new Set(parameters.workflows.map((workflow) => workflow.unit))
  return units.size === 1 ? [...units][0]! : 'item'
}

function notAfter(bounds: Bounds, asOf: Date): Bounds {
  // One millisecond on, because the end is exclusive and what happened at the very instant counts.
  const end = new Date(asOf.getTime() + 1)
  return { from: bounds.from, to: bounds.to < end ? bounds.to : end }
}

export function isWithin(instant: Date | null, bounds: Bounds): boolean {
  if (instant === null) return false
  return isTimeWithin(instant.getTime(), bounds)
}

/** The same of milliseconds since 1970: comparing dates takes many times as long, and this is asked of every run. */
export function isTimeWithin(at: number, bounds: Bounds): boolean {
  return at >= bounds.from.getTime() && at < bounds.to.getTime()
}

/** The day after the last one that is wholly in the past, for a period that may still be running. */
export function completeUntil(period: Period, today: CalendarDate): CalendarDate {
  return period.to <= today ? period.to : today
}
