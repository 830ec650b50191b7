import { releaseItems } from '../../attribution/item-days/packed-items.ts'
import type { Report } from '../../domain/finding.ts'
import { addDays, dateIn, startOfDay } from '../../domain/period.ts'
import { findFirstActivity } from '../../store/queries/find-first-activity.ts'
import { listChangesAround } from '../../store/queries/list-changes-around.ts'
import { listShiftNotices } from '../../store/queries/shift-notices.ts'
import type { Analysis, AnalysisContext } from '../analysis.ts'
import { createFigures } from '../economics/build-findings.ts'
import { isRateMetric } from '../economics/compute-metric.ts'
import { dataBeginsCaveat, QUIET_DAYS } from '../economics/data-begins.ts'
import { loadItems } from '../economics/load-items.ts'
import { type EconomicsParameters, resolveParameters, unitName } from '../economics/parameters.ts'
import { settlePeriods } from '../economics/settle-periods.ts'
import { withItemScratch } from '../economics/with-item-scratch.ts'
import { releaseTable } from '../why/usage-table.ts'
import { closedPart, comparisonWindows } from './comparison-windows.ts'
import { computeExplanation, type Explanation } from './compute-explanation.ts'
import { changeEventFindings, overrideFindings } from './event-findings.ts'
import { explanationCaveats } from './explanation-caveats.ts'
import { explanationCharts } from './explanation-charts.ts'
import { explanationFindings } from './explanation-findings.ts'
import { pastEpisodes } from './past-episodes.ts'
import { answerRate, type RateAnswer } from './rate-answer.ts'
import { showTraces } from './show-traces.ts'

export const explainChangeAnalysis: Analysis = {
  name: 'explain_change',
  title: 'Why a cost or a rate changed',
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
    const rateMetric = isRateMetric(parameters.metric) ? parameters.metric : null
    const view = rateMetric || parameters.metric === 'cost_per_resolved' ? 'cohort' : 'spend'
    const items = await loadItems(context, parameters, view, { since, details: ['corrections'] })
    const known = await listChangesAround(context.db, {
      workflow: parameters.workflow?.name ?? null,
      from: since,
      to: new Date(parameters.bounds.to.getTime() - 1),
      knownAt: context.standpoint.knownAt,
    })
    const changes = known.filter((change) => change.occurredAt >= parameters.comparisonBounds.from)
    const explanation = computeExplanation(items, changes, parameters, firstDay)
    const isComplete = firstDay <= addDays(parameters.comparison.from, QUIET_DAYS)
    const rate = rateMetric && answerRate(items, explanation, parameters, rateMetric, isComplete)
    // What is told of the place of a rate's cause is told of that, not of the dollars'.
    const told = rate ? withRate(explanation, rate) : explanation
    const evidence = await showTraces(context, told, parameters)
    const report = {
      findings: [
        ...(rate ? rate.findings : explanationFindings(explanation, parameters)),
        ...changeEventFindings(changes, parameters),
        ...overrideFindings(told, parameters),
        ...pastEpisodes(told, known, await listNotices(context, parameters), parameters),
        ...evidence.findings,
      ],
      tables: evidence.tables,
      charts: rate ? rate.charts : explanationCharts(explanation),
      citations: evidence.citations,
      caveats: [
        ...withItemScratch(items, () => explanationCaveats(items, parameters, view)),
        ...(await dataBeginsCaveat(context, parameters)),
      ],
      followUps: followUpsOf(told, parameters),
    }
    releaseTable(explanation.table)
    releaseItems(items)
    return report
  },
}

/** The explanation with the place in which the rate moved as its cause, for what is shown beside it. */
function withRate(explanation: Explanation, { rate, began }: RateAnswer): Explanation {
  const { cause, verdict } = rate
  if (!cause) return { ...explanation, verdict, causes: [], began: null }
  const { segment, n, share } = cause
  return {
    ...explanation,
    verdict,
    began,
    causes: [{ driver: 'attempts', segment, micros: 0, share, n, confidence: 1 }],
  }
}

/** Shifts of the workflow that the watchlist wrote down before. */
async function listNotices({ db, standpoint }: AnalysisContext, { workflow, period }: EconomicsParameters) {
  if (!workflow) return []
  const noticedUntil = standpoint.knownAt ?? undefined
  return listShiftNotices(db, { workflow: workflow.name, to: period.from, noticedUntil, limit: 50 })
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

function followUpsOf({ causes }: Explanation, parameters: EconomicsParameters): string[] {
  const name = parameters.workflow?.name ?? ''
  const [dimension] = Object.keys(causes[0]?.segment ?? {})
  return [
    ...(dimension ? [`what does a resolved ${unitName(parameters)} cost by ${dimension}?`] : []),
    `what did people correct in ${name || 'the work'}?`,
    `how much of ${name || 'the'} spend is retries?`,
  ]
}
