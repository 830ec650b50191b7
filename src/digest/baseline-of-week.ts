import type { Finding } from '../domain/finding.ts'
import { numberAt } from '../narration/find-figure.ts'
import type { WeekReport } from './report-week.ts'

/**
 * What a unit of the week's resolved work would have cost from people or the outsourcer: each workflow's baseline, weighted by
 * what it resolved. Null unless every workflow with resolved work has such a baseline: a mean over a part would be beside the
 * unit cost of the whole.
 */
export function baselineOfWeek(report: WeekReport): Finding | null {
  let dollars = 0
  let resolved = 0
  for (const { workflow, unitCost } of report.workflows) {
    const count = numberAt(unitCost, 'resolved_items') ?? 0
    if (count === 0) continue
    const baseline = workflow.baseline?.kind === 'revenue' ? null : numberAt(unitCost, 'baseline')
    if (baseline === null) return null
    dollars += baseline * count
    resolved += count
  }
  if (resolved === 0) return null
  return {
    id: 'digest.baseline',
    kind: 'figure',
    label: 'Cost of a resolved unit without agents, weighted by what was resolved',
    value: Math.round((dollars / resolved) * 1e6) / 1e6,
    unit: 'usd',
    period: report.period,
    n: resolved,
    source: 'digest: each workflow’s baseline, weighted by its resolved items',
  }
}
