import { OUTCOME_STATUSES, type Outcome, type OutcomeStatus } from '../domain/outcome.ts'
import type { SpanContext } from '../domain/span.ts'
import { traceOutcome } from '../domain/trace-outcome.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import { collapseCopies } from './collapse-copies.ts'

/**
 * Outcomes that a trace's spans state, each once, under the work item that all its spans together name: the span that names it may be
 * another one, and may come later. What a native trace states of itself took effect when its last span ended, where it says
 * no time.
 */
export function findTraceOutcomes(
  fact: { traceId: string; workflow: string; workItemId: string },
  copies: readonly StoredSpan[],
): Outcome[] {
  const spans = collapseCopies(copies)
  // A value without a status belongs to whatever outcome the trace states.
  const apart = spans.find(({ context }) => context.outcome && context.outcome.status === null)?.context.outcome?.value
  const byId = new Map<string, Outcome>()
  for (const span of spans) {
    const stated = readStated(span.context.outcome)
    if (!stated) continue
    const { workflow, workItemId } = fact
    const value = stated.value ?? apart ?? null
    const ended = span.synthetic ? spans : [span]
    const outcome = traceOutcome(fact.traceId, { workflow, workItemId, ...stated, value }, ended, span.recordedAt)
    const other = byId.get(outcome.id)
    byId.set(outcome.id, other ? joinStatements(other, outcome) : outcome)
  }
  return [...byId.values()]
}

function readStated(stated: SpanContext['outcome']) {
  if (!stated || stated.status === null || !isOutcomeStatus(stated.status)) return null
  const occurredAt = stated.occurredAt == null ? null : new Date(stated.occurredAt)
  return { status: stated.status, value: stated.value ?? null, occurredAt }
}

/** Two spans that state the same: it holds from the later one on, with what either says it is worth (the later one, if both). */
function joinStatements(a: Outcome, b: Outcome): Outcome {
  const [earlier, later] = a.occurredAt <= b.occurredAt ? [a, b] : [b, a]
  const recordedAt = a.recordedAt < b.recordedAt ? a.recordedAt : b.recordedAt
  return { ...later, valueMicros: later.valueMicros ?? earlier.valueMicros, recordedAt }
}

function isOutcomeStatus(status: string): status is OutcomeStatus {
  return (OUTCOME_STATUSES as readonly string[]).includes(status)
}
