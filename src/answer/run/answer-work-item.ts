import { loadWorkItem } from '../../attribution/load-work-item.ts'
import type { WorkItemDocument } from '../../attribution/work-item-document.ts'
import type { Citation, Finding } from '../../domain/finding.ts'
import { addDays, dateIn, type Period } from '../../domain/period.ts'
import type { Plan, Standpoint } from '../../domain/plan.ts'
import { formatDay } from '../../narration/format-dates.ts'
import { formatDollars } from '../../narration/format-money.ts'
import { countOf } from '../../narration/format-number.ts'
import { type Sentence, sentences } from '../../narration/narration.ts'
import { findNearestWorkItems } from '../../store/queries/find-nearest-work-items.ts'
import { findTraceWorkItem } from '../../store/queries/find-trace-work-item.ts'
import type { WorkItemKey } from '../../store/queries/work-item-keys.ts'
import { WHAT_WAS_KNOWN } from '../plan/what-was-known.ts'
import { answerKnownThen } from './answer-known-then.ts'
import { type DraftedAnswer, EMPTY_REPORT } from './drafted-answer.ts'
import type { AnswererOptions } from './services.ts'

const MOST_NEAREST = 3

/** One work item by its id or by a trace of it: what it cost, what became of it, and where people overruled the agent. */
export async function answerWorkItem(
  options: AnswererOptions,
  plan: Plan,
  standpoint: Standpoint,
  question: string,
): Promise<DraftedAnswer> {
  const { db, baseUrl } = options
  const wanted = plan.text ?? ''
  const traced = await findTraceWorkItem(db, wanted)
  const nearest = await findNearestWorkItems(db, wanted, { workflow: plan.workflow, limit: MOST_NEAREST })
  const exact = nearest.find((item) => item.workItemId.toLowerCase() === wanted.toLowerCase())
  // "claim 8841" names claim-8841 where only one item ends in that number.
  const ending = nearest.filter((item) => /^\d+$/.test(wanted) && item.workItemId.endsWith(wanted))
  const key = exact ?? traced ?? (ending.length === 1 ? ending[0]! : null)
  const item = key && (await loadWorkItem(db, key.workflow, key.workItemId, standpoint))
  if (!item) return unknownItem(wanted, nearest, baseUrl)
  const knownThen = WHAT_WAS_KNOWN.test(question) ? await answerKnownThen(options, item, standpoint) : null
  if (knownThen) return knownThen
  const today = dateIn(standpoint.asOf, standpoint.timeZone)
  const findings = itemFindings(item, standpoint)
  const corrections = overridesOf(item, standpoint, today)
  return {
    narration: {
      lead: leadOf(item),
      body: [corrections].filter((one) => one.length > 0),
      restsOn: [],
      derived: [],
    },
    report: { ...EMPTY_REPORT, findings },
    citations: [
      cite(item, baseUrl),
      ...item.runs.slice(0, 5).map((run) => citeRun(item, run.traceId, run.attempt, baseUrl)),
    ],
    followUps: [
      ...(item.overrides.length > 0 ? [`what did we know when ${item.id} was decided?`] : []),
      `have we seen cases like ${item.id} before?`,
      `what does a resolved ${item.workflow} item cost?`,
    ],
    names: [wanted, item.id, ...corrections.map((one) => one.text)],
    mayBeRephrased: false,
  }
}

function leadOf(item: WorkItemDocument): Sentence[] {
  const cost = item.cost.totalUsd === null ? 'its cost is unknown' : `it cost ${formatDollars(item.cost.totalUsd)}`
  const { correctionsUsd } = item.cost
  const decision = item.runs.findLast((run) => run.decision !== null)?.decision
  return sentences(
    `${item.id} (${item.workflow}) is ${item.status}; ${cost} over ${countOf(item.runs.length, 'attempt', 'attempts')}${correctionsUsd ? `, ${formatDollars(correctionsUsd)} of it corrections by people` : ''}.`,
    decision && `The agent decided: ${decision}.`,
    item.cost.unpricedCalls > 0 &&
      `${countOf(item.cost.unpricedCalls, 'call has', 'calls have')} no price, so the cost is the known part.`,
  )
}

function overridesOf(item: WorkItemDocument, standpoint: Standpoint, today: string): Sentence[] {
  return sentences(
    ...item.overrides.map((one) => {
      const day = formatDay(dateIn(new Date(one.occurredAt), standpoint.timeZone), today)
      return `${one.actor} overruled it on ${day}: ${one.agentDecision} → ${one.humanDecision}, because ${one.reason}${one.rule ? ` (rule ${one.rule})` : ''}.`
    }),
  )
}

function itemFindings(item: WorkItemDocument, standpoint: Standpoint): Finding[] {
  const first = item.runs[0]?.startedAt ?? item.outcomes[0]?.occurredAt
  const from = first ? dateIn(new Date(first), standpoint.timeZone) : dateIn(standpoint.asOf, standpoint.timeZone)
  const period: Period = { from, to: addDays([from, dateIn(standpoint.asOf, standpoint.timeZone)].sort()[1]!, 1) }
  const common = { kind: 'figure' as const, period, source: `work_item: ${item.workflow}/${item.id}` }
  return [
    { ...common, id: 'work_item.cost', label: 'Cost of the work item', value: item.cost.totalUsd, unit: 'usd' },
    {
      ...common,
      id: 'work_item.corrections',
      label: 'Corrections by people',
      value: item.cost.correctionsUsd,
      unit: 'usd',
    },
    { ...common, id: 'work_item.attempts', label: 'Attempts', value: item.runs.length, unit: 'runs' },
    {
      ...common,
      id: 'work_item.unpriced_calls',
      label: 'Calls without a price',
      value: item.cost.unpricedCalls,
      unit: 'calls',
    },
    { ...common, id: 'work_item.status', kind: 'event', label: 'Status', value: item.status, unit: 'none' },
  ]
}

function unknownItem(wanted: string, nearest: WorkItemKey[], baseUrl: string): DraftedAnswer {
  const names = nearest.map((item) => `${item.workItemId} (${item.workflow})`)
  return {
    narration: {
      lead: sentences(
        `“${wanted}” is not among the work items that I know.`,
        names.length > 0 && `Nearest: ${names.join(', ')}.`,
      ),
      body: [],
      restsOn: [],
      derived: [],
    },
    report: EMPTY_REPORT,
    citations: nearest.map((item) => cite({ workflow: item.workflow, id: item.workItemId }, baseUrl)),
    followUps: nearest.map((item) => `what happened to ${item.workItemId}?`),
    names: [wanted, ...names],
    mayBeRephrased: false,
  }
}

function cite(item: { workflow: string; id: string }, baseUrl: string): Citation {
  const url = `${baseUrl}/work-items/${encodeURIComponent(item.workflow)}/${encodeURIComponent(item.id)}`
  return { kind: 'work_item', id: item.id, title: item.id, url }
}

function citeRun(item: WorkItemDocument, traceId: string, attempt: number, baseUrl: string): Citation {
  return {
    kind: 'trace',
    id: traceId,
    title: `attempt ${attempt}`,
    url: `${cite(item, baseUrl).url}#${encodeURIComponent(traceId)}`,
  }
}
