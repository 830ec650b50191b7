import type { WorkItemFact } from '../../domain/facts.ts'
import type { Finding, Report } from '../../domain/finding.ts'
import { dateIn, startOfDay } from '../../domain/period.ts'
import { findFirstActivity } from '../../store/queries/find-first-activity.ts'
import { listChangesAround } from '../../store/queries/list-changes-around.ts'
import type { Analysis, AnalysisContext } from '../analysis.ts'
import { createFigures } from '../economics/build-findings.ts'
import { spentWithin } from '../economics/compute-spend.ts'
import { dataBeginsCaveat } from '../economics/data-begins.ts'
import { dataCaveats } from '../economics/data-caveats.ts'
import { loadItems } from '../economics/load-items.ts'
import { type EconomicsParameters, isWithin, resolveParameters, unitName } from '../economics/parameters.ts'
import { settlePeriods } from '../economics/settle-periods.ts'
import { totalSpend } from '../economics/spend-entries.ts'
import { closedPart, comparisonWindows } from './comparison-windows.ts'
import { computeExplanation, type Explanation } from './compute-explanation.ts'
import { changeEventFindings, citeCause, overrideFindings } from './event-findings.ts'
import { explanationCharts } from './explanation-charts.ts'
import { explanationFindings } from './explanation-findings.ts'

export const explainChangeAnalysis: Analysis = {
  name: 'explain_change',
  title: 'Why a cost changed',
  description: 'What moved a cost between two periods, where, when and what coincided; or that nothing stands out.',
  example: 'why did claims cost spike last week?',
  async run(context, plan) {
    const settled = await settlePeriods(context, plan)
    const { asOf, timeZone } = context.standpoint
    const closed = closedPart(settled.period, settled.comparison, dateIn(asOf, timeZone))
    const parameters = resolveParameters(context, { ...plan, ...(closed ?? settled) })
    const firstDay = await findFirstDay(context, parameters)
    if (closed === null || firstDay === null) return nothingToCompare(parameters)
    const { windows } = comparisonWindows(parameters.period, parameters.comparison, firstDay)
    const since = startOfDay(windows[0]!.period.from, timeZone)
    const view = parameters.metric === 'cost_per_resolved' ? 'cohort' : 'spend'
    const items = await loadItems(context, parameters, view, { since })
    const changes = await listChangesAround(context.db, {
      workflow: parameters.workflow?.name ?? '',
      from: parameters.comparisonBounds.from,
      to: new Date(parameters.bounds.to.getTime() - 1),
      knownAt: context.standpoint.knownAt,
    })
    const explanation = computeExplanation(items, changes, parameters, firstDay)
    return {
      findings: [
        ...explanationFindings(explanation, parameters),
        ...changeEventFindings(changes, parameters),
        ...overrideFindings(explanation, parameters),
      ],
      tables: [],
      charts: explanationCharts(explanation),
      citations: citeCause(explanation, parameters),
      caveats: [...caveatsOf(items, parameters), ...(await dataBeginsCaveat(context, parameters))],
      followUps: followUpsOf(explanation, parameters),
    }
  },
}

async function findFirstDay({ db, standpoint }: AnalysisContext, { workflow }: EconomicsParameters) {
  const { asOf, knownAt, timeZone } = standpoint
  const first = await findFirstActivity(db, { workflow: workflow?.name, to: asOf, knownAt })
  return first && dateIn(first, timeZone)
}

function nothingToCompare(parameters: EconomicsParameters): Report {
  const figure = createFigures(parameters, 'explain_change: no closed day with work')
  return {
    findings: [
      figure('verdict', 'Verdict', 'not_enough_data', 'none', { kind: 'verdict', comparedWith: parameters.comparison }),
    ],
    tables: [],
    charts: [],
    citations: [],
    caveats: [],
    followUps: [],
  }
}

function caveatsOf(all: readonly WorkItemFact[], parameters: EconomicsParameters): Finding[] {
  const entries = spentWithin(all, parameters, 'period')
  const items = [...new Set(entries.map((entry) => entry.item))]
  const runs = items.flatMap((item) => item.runs.filter((run) => isWithin(run.startedAt, parameters.bounds)))
  const counts = { attempts: runs.length, runsWithEstimatedUsage: runs.filter((run) => run.usageEstimated).length }
  return dataCaveats(items, { ...totalSpend(entries), ...counts }, parameters, 'spend')
}

function followUpsOf({ causes }: Explanation, parameters: EconomicsParameters): string[] {
  const name = parameters.workflow?.name ?? ''
  const [dimension] = Object.keys(causes[0]?.segment ?? {})
  return [
    ...(dimension ? [`what does a resolved ${unitName(parameters)} cost by ${dimension}?`] : []),
    `what did people correct in ${name || 'the work'}?`,
    `how much of ${name || 'the'} spend is retries?`,
  ]
}
