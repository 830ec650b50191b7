import type { Decision, Span } from '../../domain/span.ts'
import type { StoryFact } from '../../store/queries/memory-sources.ts'
import type { MemoryUse } from '../../store/queries/memory-uses.ts'
import type { EntryDraft } from '../../store/queries/save-memory-entries.ts'
import { tellSteps } from './run-steps.ts'
import { sayAttributes, sayCount, sayInstant, sayLines, sayMoney, shorten } from './say.ts'
import { holdingOutcome, latestOf, type WorkItemContext } from './work-item-context.ts'

/** Of the entries that memory gave, as many as a story names. */
const MOST_ENTRIES = 5

export type StorySpan = Pick<
  Span,
  | 'spanId'
  | 'parentId'
  | 'kind'
  | 'name'
  | 'startedAt'
  | 'status'
  | 'error'
  | 'retryOf'
  | 'documents'
  | 'tool'
  | 'decision'
  | 'context'
  | 'synthetic'
>

/**
 * The story of one run, the same text for the same rows: what was seen, retrieved, used or ignored, called, retried,
 * asked of memory, decided and by which rules, where a person overruled it, what came of it and what it cost.
 */
export function makeRunEntry(
  run: StoryFact,
  spans: readonly StorySpan[],
  context: WorkItemContext,
  uses: readonly MemoryUse[] = [],
): EntryDraft {
  const steps = tellSteps(spans)
  const outcome = holdingOutcome(context)
  const overrides = context.overrides.filter(
    (override) => override.traceId === null || override.traceId === run.traceId,
  )
  const agent = [run.agentName, run.agentVersion].filter(Boolean).join(' ')
  const attempt = run.attempt === null ? 'A run' : `Attempt ${run.attempt}`
  const attributes = { ...run.workItemAttributes, ...context.attributes }
  const segment = sayAttributes(attributes)
  const choice = steps.decisions.at(-1)?.choice ?? run.decision
  return {
    id: `run:${run.workflow}:${run.traceId}`,
    kind: 'run',
    workflow: run.workflow,
    workItemId: run.workItemId,
    title: shorten(`${run.workItemId}, ${attempt.toLowerCase()}${choice ? `: ${choice}` : ''}`, 200),
    text: sayLines([
      `${attempt} at ${run.workItemId} in ${run.workflow}${agent ? ` by ${agent}` : ''}${run.promptVersion ? ` with prompt ${run.promptVersion}` : ''}, ${sayInstant(run.startedAt)}, ended ${run.status === 'unset' ? 'without a status' : run.status}`,
      segment && `The work item: ${segment}`,
      ...steps.lines,
      ...uses.map(tellUse),
      ...(steps.decisions.length > 0 ? steps.decisions.map(tellDecision) : [run.decision && `Decided ${run.decision}`]),
      ...overrides.map(
        (override) =>
          `${override.actor} overruled it: ${override.agentDecision} → ${override.humanDecision}, because ${override.reason}${override.rule ? ` (rule ${override.rule})` : ''}`,
      ),
      outcome &&
        `Outcome: ${outcome.status} on ${sayInstant(outcome.occurredAt)}${outcome.resolvedBy ? ` by ${outcome.resolvedBy}` : ''}${outcome.note ? `: ${outcome.note}` : ''}`,
      tellCost(run),
    ]),
    actor: null,
    rule: run.rules[0] ?? null,
    outcome: outcome?.status ?? null,
    attributes,
    sources: [
      { kind: 'trace', id: run.traceId },
      ...overrides.map((override) => ({ kind: 'override' as const, id: override.id })),
      ...(outcome ? [{ kind: 'outcome' as const, id: outcome.id }] : []),
    ],
    occurredAt: run.startedAt,
    latestAt: latestOf(
      run.endedAt ?? run.startedAt,
      outcome?.occurredAt,
      ...uses.map((use) => use.usedAt),
      ...overrides.map((override) => override.occurredAt),
    ),
    recordedAt: latestOf(
      run.knownFrom,
      outcome?.recordedAt,
      ...uses.map((use) => use.usedAt),
      ...overrides.map((override) => override.recordedAt),
    ),
    supersededBy: null,
    identifiers: [
      run.workItemId,
      run.traceId,
      // Not the rules that the agent names: who looks for a rule looks for what people said of it, and for runs by its words.
      ...overrides.map((override) => override.rule ?? ''),
      ...run.documents.map((document) => document.id),
    ],
  }
}

function tellUse({ tool, entries }: MemoryUse): string {
  const given = entries.slice(0, MOST_ENTRIES).join(', ')
  const more = entries.length > MOST_ENTRIES ? ` and ${entries.length - MOST_ENTRIES} more` : ''
  return `Asked memory (${tool.replaceAll('_', ' ')})${entries.length > 0 ? ` and was given ${given}${more}` : ''}`
}

function tellDecision(decision: Decision): string {
  const { choice, alternatives, rationale, rules, precedents, confidence } = decision
  return [
    `Decided ${choice}`,
    alternatives?.length ? ` over ${alternatives.join(', ')}` : '',
    rationale ? ` because ${shorten(rationale, 600)}` : '',
    rules?.length ? ` (rules ${rules.join(', ')})` : '',
    precedents?.length ? ` (precedents ${precedents.join(', ')})` : '',
    typeof confidence === 'number' ? ` with confidence ${confidence}` : '',
  ].join('')
}

function tellCost(run: StoryFact): string | null {
  const { calls } = run
  if (calls === 0) return null
  const models = run.models.map((use) => use.model).join(', ')
  const known = run.pricedCalls > 0 ? sayMoney(run.modelCostMicros + (run.toolCostMicros ?? 0)) : 'Cost unknown'
  return [
    `${known} for ${sayCount(calls, 'model call')}${models ? ` (${models})` : ''}`,
    run.pricedCalls > 0 && run.unpricedCalls > 0 ? `, ${sayCount(run.unpricedCalls, 'call')} without a price` : '',
  ].join('')
}
