import type { AnalysisContext } from '../../analysis/analysis.ts'
import { isRateMetric } from '../../analysis/economics/compute-metric.ts'
import type { Citation, Report } from '../../domain/finding.ts'
import type { MemoryHit } from '../../domain/memory-entry.ts'
import { boundsOf, dateIn } from '../../domain/period.ts'
import type { Plan } from '../../domain/plan.ts'
import { Problem } from '../../domain/problem.ts'
import { narrate } from '../../narration/narrate.ts'
import { sentences } from '../../narration/narration.ts'
import type { PlannedQuestion } from '../plan/plan-question.ts'
import { citeMemory } from './cite-memory.ts'
import { type DraftedAnswer, EMPTY_REPORT } from './drafted-answer.ts'
import type { AnswererOptions } from './services.ts'

const MOST_REMEMBERED = 4
const MOST_DECIDED = 2
const MOST_CORRECTED = 3

/** Runs the plan's entry of the catalogue and puts its findings, with what memory knows of it, into words. */
export async function answerAnalysis(
  options: AnswererOptions,
  context: AnalysisContext,
  planned: PlannedQuestion,
): Promise<DraftedAnswer> {
  const { plan } = planned
  const { timeZone, asOf } = context.standpoint
  const report = await runPlan(options, context, plan)
  const remembered = await recall(options, context, plan, report)
  const narration = narrate({
    plan,
    report,
    unit: context.workflows.find((workflow) => workflow.name === plan.workflow)?.unit ?? 'item',
    today: dateIn(asOf, timeZone),
    timeZone,
    movedTo: planned.movedTo,
    premise: planned.premise,
    remembered: remembered.map(({ entry }) => ({
      title: entry.title,
      kind: entry.kind,
      occurredOn: dateIn(entry.occurredAt, timeZone),
    })),
  })
  const unused =
    planned.notUsed.length > 0
      ? sentences(`I did not use: ${planned.notUsed.map((word) => `“${word}”`).join(', ')}.`)
      : []
  return {
    narration: { ...narration, body: [...narration.body, ...(unused.length > 0 ? [unused] : [])] },
    report: { ...report, findings: [...report.findings, ...narration.derived] },
    citations: distinct([...report.citations, ...remembered.map(({ entry }) => citeMemory(entry, options.baseUrl))]),
    followUps: report.followUps.map((one) => one.replace(/\s+/g, ' ').trim()).slice(0, 3),
    names: [...remembered.map(({ entry }) => entry.title), ...planned.notUsed],
    mayBeRephrased: report.findings.length > 0,
  }
}

async function runPlan(options: AnswererOptions, context: AnalysisContext, plan: Plan): Promise<Report> {
  const entry = options.catalogue.get(plan.analysis)
  if (!entry) {
    throw new Problem('unknown_analysis', `Docket has no analysis "${plan.analysis}" yet.`, {
      nextStep: 'Ask "help" for what it can answer.',
    })
  }
  const report = await entry.run(context, plan)
  if (plan.analysis !== 'explain_change') return report
  const metric = plan.metric ?? 'spend'
  // A split that is asked for stands beside the explanation.
  if (!plan.groupBy || isRateMetric(metric)) return report
  const split = await measure(options, context, plan, metric === 'spend' ? 'spend' : 'cost_per_resolved')
  return withFigures(report, { ...split, findings: split.findings.filter((one) => one.id.includes('=')), charts: [] })
}

async function measure(
  options: AnswererOptions,
  context: AnalysisContext,
  plan: Plan,
  analysis: 'spend' | 'cost_per_resolved',
): Promise<Report> {
  const entry = options.catalogue.get(analysis)
  return entry ? entry.run(context, { ...plan, analysis }) : EMPTY_REPORT
}

/** The first report with the figures and tables of the second, where it has none of the same id. */
function withFigures(first: Report, second: Report): Report {
  const ids = new Set(first.findings.map((one) => one.id))
  return {
    ...first,
    findings: [...first.findings, ...second.findings.filter((one) => !ids.has(one.id))],
    tables: [...first.tables, ...second.tables],
    charts: [...first.charts, ...second.charts],
    citations: [...first.citations, ...second.citations],
    followUps: [...second.followUps, ...first.followUps],
  }
}

/** What people decided near the change: overrides and decisions of the leading cause's segment and words. */
async function recall(
  options: AnswererOptions,
  context: AnalysisContext,
  plan: Plan,
  report: Report,
): Promise<MemoryHit[]> {
  if (plan.analysis !== 'explain_change' && plan.analysis !== 'corrections') return []
  const { asOf, knownAt, timeZone } = context.standpoint
  const common = { workflow: plan.workflow, asOf, knownAt: knownAt ?? undefined }
  if (plan.analysis === 'corrections') {
    const bounds = plan.period ? boundsOf(plan.period, timeZone) : {}
    return options.searchMemory(options.db, {
      ...common,
      ...bounds,
      text: '',
      kind: 'override',
      attributes: plan.filters,
      limit: MOST_REMEMBERED,
    })
  }
  const cause = report.findings.find((finding) => finding.kind === 'cause')
  const rule = report.findings.find((finding) => finding.id.startsWith('event.overrides.rule='))
  if (!cause) return []
  const text = [rule?.label ?? '', ...Object.entries(cause.segment ?? {}).flat()].join(' ')
  // Decisions are few and corrections many: each has its own place.
  const decided = await options.searchMemory(options.db, {
    ...common,
    text,
    kind: ['decision', 'allocation', 'rule'],
    limit: MOST_DECIDED,
  })
  const corrected = await options.searchMemory(options.db, { ...common, text, kind: 'override', limit: MOST_CORRECTED })
  return [...decided, ...corrected]
}

function distinct(citations: Citation[]): Citation[] {
  const seen = new Set<string>()
  return citations.filter(({ kind, id }) => !seen.has(`${kind}:${id}`) && seen.add(`${kind}:${id}`))
}
