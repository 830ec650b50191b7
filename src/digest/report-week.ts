import type { Analysis } from '../analysis/analysis.ts'
import type { Report } from '../domain/finding.ts'
import type { Period } from '../domain/period.ts'
import type { AnalysisName, Plan } from '../domain/plan.ts'
import { Problem } from '../domain/problem.ts'
import type { Workflow } from '../domain/workflow.ts'
import { numberAt } from '../narration/find-figure.ts'
import { verdictOf } from '../narration/narrators/explain-change.ts'
import type { DigestContext } from './compose-digest.ts'

/** One workflow's week. */
export interface WorkflowWeek {
  workflow: Workflow
  unitCost: Report
  change: Report | null
  corrections: Report | null
  /** Its change has a cause, or came everywhere at once: worth a reader's minute. */
  isWorthTelling: boolean
}

export interface WeekReport {
  period: Period
  comparison: Period
  spend: Report
  unitCost: Report
  workflows: WorkflowWeek[]
}

/** Runs the analyses of a digest. Workflows without work in the week are left out. */
export async function reportWeek(context: DigestContext, period: Period, comparison: Period): Promise<WeekReport> {
  const run = async (analysis: AnalysisName, plan: Omit<Plan, 'analysis'> = {}): Promise<Report> =>
    entryOf(context.catalogue, analysis).run(context, { analysis, period, comparison, ...plan })
  const workflows: WorkflowWeek[] = []
  // One after another: the embedded database has one connection.
  for (const workflow of context.workflows) {
    const named = { workflow: workflow.name }
    const unitCost = await run('cost_per_resolved', { ...named, metric: 'cost_per_resolved' })
    if (!numberAt(unitCost, 'closed_items')) continue
    const change = context.catalogue.has('explain_change')
      ? await run('explain_change', { ...named, metric: 'spend' })
      : null
    const corrections = context.catalogue.has('corrections') ? await run('corrections', named) : null
    const verdict = change && verdictOf(change)
    workflows.push({
      workflow,
      unitCost,
      change,
      corrections,
      isWorthTelling: verdict === 'cause_found' || verdict === 'broad',
    })
  }
  return {
    period,
    comparison,
    spend: await run('spend', { metric: 'spend' }),
    unitCost: await run('cost_per_resolved', { metric: 'cost_per_resolved' }),
    workflows,
  }
}

function entryOf(catalogue: DigestContext['catalogue'], name: AnalysisName): Analysis {
  const entry = catalogue.get(name)
  if (!entry) throw new Problem('unknown_analysis', `The digest needs the analysis "${name}", and there is none.`)
  return entry
}
