import { loadWorkItem } from '../../attribution/load-work-item.ts'
import type { WorkItemDocument } from '../../attribution/work-item-document.ts'
import { dateIn, type Period } from '../../domain/period.ts'
import type { Standpoint } from '../../domain/plan.ts'
import { describeRule } from '../../memory/describe-rules.ts'
import { findPrecedents } from '../../memory/find-precedents.ts'
import { formatDay } from '../../narration/format-dates.ts'
import { formatDollars } from '../../narration/format-money.ts'
import { countOf } from '../../narration/format-number.ts'
import { sentences } from '../../narration/narration.ts'
import { type DraftedAnswer, EMPTY_REPORT } from './drafted-answer.ts'
import { sayAgreement } from './say-agreement.ts'
import type { AnswererOptions } from './services.ts'

const LIKE_CASES = 3

/**
 * What was known of an item when it was last decided: its attempts, cost and status as of that instant and as far as they
 * had been recorded, the rule, like cases in memory; and what came or became known later. Null where nobody decided on it.
 */
export async function answerKnownThen(
  options: AnswererOptions,
  item: WorkItemDocument,
  standpoint: Standpoint,
): Promise<DraftedAnswer | null> {
  const { db, baseUrl } = options
  const decision = item.overrides.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)).at(-1)
  if (!decision) return null
  const then = { asOf: new Date(decision.occurredAt), knownAt: new Date(decision.recordedAt) }
  const known = await loadWorkItem(db, item.workflow, item.id, then)
  if (!known) return null
  const { timeZone } = standpoint
  const today = dateIn(standpoint.asOf, timeZone)
  const dayOf = (instant: string) => formatDay(dateIn(new Date(instant), timeZone), today)
  const rule = decision.rule ? await describeRule(db, { workflow: item.workflow, id: decision.rule }, then) : null
  const alike = await findPrecedents(db, { workflow: item.workflow, workItemId: item.id, ...then, limit: LIKE_CASES })
  const cost = known.cost.totalUsd === null ? 'at an unknown cost' : `at ${formatDollars(known.cost.totalUsd)}`
  const proposed = known.runs.findLast((run) => run.decision !== null)?.decision
  const lead = `${decision.actor} decided ${decision.humanDecision} on ${dayOf(decision.occurredAt)}, where the agent had decided ${decision.agentDecision}. Known then: ${countOf(known.runs.length, 'attempt', 'attempts')} ${cost}${proposed ? `, the last deciding ${proposed}` : ''}.`
  const body = [
    `The reason given: ${decision.reason}${/[.!?]$/.test(decision.reason) ? '' : '.'}`,
    decision.rule &&
      (rule?.status === 'in_force'
        ? `Rule ${rule.id} was in force: “${rule.text}”`
        : `Rule ${decision.rule} was named; nobody had confirmed it by then.`),
    alike.precedents.length === 0
      ? 'Memory held no like case.'
      : `Memory held like cases: ${alike.precedents.map((one) => one.title).join('; ')}. ${sayAgreement(alike)}`,
  ].filter((one): one is string => Boolean(one))
  const later = [
    item.runs.length > known.runs.length &&
      countOf(item.runs.length - known.runs.length, 'further attempt', 'further attempts'),
    ...item.outcomes
      .filter((outcome) => !known.outcomes.some((one) => one.id === outcome.id))
      .map((outcome) =>
        new Date(outcome.occurredAt) <= then.asOf
          ? `${outcome.status} on ${dayOf(outcome.occurredAt)}, which was recorded only later`
          : `${outcome.status} on ${dayOf(outcome.occurredAt)}`,
      ),
  ].filter((one): one is string => Boolean(one))
  const after = later.length > 0 ? `Known only later: ${later.join(', ')}.` : 'Nothing became known later.'
  const day = dateIn(then.asOf, timeZone)
  const period: Period = { from: day, to: dateIn(new Date(then.asOf.getTime() + 86_400_000), timeZone) }
  const common = { kind: 'figure' as const, period, source: `work_item: ${item.workflow}/${item.id} as known then` }
  const query = new URLSearchParams({ asOf: then.asOf.toISOString(), knownAt: then.knownAt.toISOString() })
  const path = `${baseUrl}/work-items/${encodeURIComponent(item.workflow)}/${encodeURIComponent(item.id)}`
  return {
    narration: {
      lead: sentences(lead),
      body: [sentences(...body), sentences(after)],
      restsOn: [],
      derived: [],
    },
    report: {
      ...EMPTY_REPORT,
      findings: [
        { ...common, id: 'known_then.cost', label: 'Cost known then', value: known.cost.totalUsd, unit: 'usd' },
        { ...common, id: 'known_then.attempts', label: 'Attempts known then', value: known.runs.length, unit: 'runs' },
        {
          ...common,
          id: 'known_then.decision',
          kind: 'event',
          label: `Decided by ${decision.actor}`,
          value: decision.humanDecision,
          unit: 'none',
        },
      ],
    },
    citations: [
      { kind: 'work_item', id: item.id, title: `${item.id} as it was known then`, url: `${path}?${query}` },
      { kind: 'work_item', id: item.id, title: `${item.id} now`, url: path },
    ],
    followUps: [`what happened to ${item.id}?`, `have we seen cases like ${item.id} before?`],
    // Ids, decisions and reasons as they were recorded: a number in them is theirs.
    names: [
      item.id,
      ...body,
      after,
      ...item.overrides.flatMap((one) => [one.actor, one.agentDecision, one.humanDecision]),
      dayOf(decision.occurredAt),
      proposed ?? '',
    ],
    mayBeRephrased: false,
  }
}
