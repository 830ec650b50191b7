import type { AnalysisContext } from '../analysis/analysis.ts'
import { spentWithin } from '../analysis/economics/compute-spend.ts'
import { segmentNames } from '../analysis/economics/find-dimensions.ts'
import { findWorkflowDimensions } from '../analysis/economics/find-workflow-dimensions.ts'
import { costPerResolved, totalItems } from '../analysis/economics/item-totals.ts'
import { loadItems } from '../analysis/economics/load-items.ts'
import { resolveParameters } from '../analysis/economics/parameters.ts'
import { closedWithin } from '../analysis/economics/select-items.ts'
import { settlePeriods } from '../analysis/economics/settle-periods.ts'
import { totalSpend } from '../analysis/economics/spend-entries.ts'
import { fromDollars, type MicroDollars } from '../domain/money.ts'
import { type CalendarDate, dateIn, type Period } from '../domain/period.ts'
import { type Budget, baselineCost, type Workflow } from '../domain/workflow.ts'
import { budgetPeriod } from './budget-period.ts'

/** A workflow with the figures of its last whole week (or the week of its latest work). Null is unknown. */
export interface WorkflowFigures {
  name: string
  unit: string
  owners: string[]
  channel: string | null
  week: Period | null
  spentMicros: MicroDollars | null
  resolved: number | null
  costPerResolvedMicros: MicroDollars | null
  previousCostPerResolvedMicros: MicroDollars | null
  /** What one unit costs from an outsourcer or a person. */
  baselineMicros: MicroDollars | null
  /** The baseline is what a unit brings. */
  hasRevenue: boolean
  /** What its items are split by: as set, else as found. */
  segments: { names: string[]; areSet: boolean }
  budget: (Budget & { spentMicros: MicroDollars | null; from: CalendarDate; to: CalendarDate }) | null
}

/** Figures of every known workflow, by name. */
export async function workflowFigures(context: AnalysisContext): Promise<WorkflowFigures[]> {
  const figures: WorkflowFigures[] = []
  // One after another: the embedded database has one connection.
  for (const workflow of context.workflows) figures.push(await figuresOf(context, workflow))
  return figures
}

async function figuresOf(context: AnalysisContext, workflow: Workflow): Promise<WorkflowFigures> {
  const plan = { analysis: 'cost_per_resolved' as const, workflow: workflow.name }
  const { period, comparison } = await settlePeriods(context, plan)
  const parameters = resolveParameters(context, { ...plan, period, comparison })
  const items = await loadItems(context, parameters, 'cohort')
  const totals = totalItems(closedWithin(items, parameters.bounds))
  const baseline = baselineCost(workflow.baseline)
  return {
    name: workflow.name,
    unit: workflow.unit,
    owners: workflow.owners ?? [],
    channel: workflow.channel ?? null,
    week: items.length === 0 ? null : period,
    spentMicros: totalSpend(spentWithin(items, parameters, 'period')).micros,
    resolved: items.length === 0 ? null : totals.resolved,
    costPerResolvedMicros: costPerResolved(totals),
    previousCostPerResolvedMicros: costPerResolved(totalItems(closedWithin(items, parameters.comparisonBounds))),
    baselineMicros: baseline === null ? null : fromDollars(baseline),
    hasRevenue: workflow.baseline?.kind === 'revenue',
    segments: await segmentsOf(context, workflow),
    budget: workflow.budget ? await budgetOf(context, workflow.name, workflow.budget) : null,
  }
}

async function segmentsOf(
  { db }: AnalysisContext,
  { name, dimensions }: Workflow,
): Promise<WorkflowFigures['segments']> {
  if (dimensions?.length) return { names: dimensions, areSet: true }
  const found = await findWorkflowDimensions(db, name)
  return { names: segmentNames(found.dimensions), areSet: false }
}

async function budgetOf(context: AnalysisContext, workflow: string, budget: Budget) {
  const { asOf, timeZone } = context.standpoint
  const period = budgetPeriod(budget.period, dateIn(asOf, timeZone))
  const parameters = resolveParameters(context, { analysis: 'spend', workflow, period })
  const items = await loadItems(context, parameters, 'spend', { withoutComparison: true })
  return { ...budget, spentMicros: totalSpend(spentWithin(items, parameters, 'period')).micros, ...period }
}
