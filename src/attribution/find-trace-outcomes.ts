import { OUTCOME_STATUSES, type Outcome, type OutcomeStatus } from '../domain/outcome.ts'
import { traceOutcome } from '../domain/trace-outcome.ts'
import type { StoredSpan } from '../store/queries/load-trace-spans.ts'
import { collapseCopies } from './collapse-copies.ts'

/**
 * Outcomes that a trace's spans state, under the work item that all its spans together name: the span that names it may be
 * another one, and may come later. A native trace's own outcome is not among them; it is stored as it is received.
 */
export function findTraceOutcomes(
  fact: { traceId: string; workflow: string; workItemId: string },
  copies: readonly StoredSpan[],
): Outcome[] {
  const spans = collapseCopies(copies)
  // A value without a status belongs to whatever outcome the trace states.
  const apart = spans.find(({ context }) => context.outcome && context.outcome.status === null)?.context.outcome?.value
  return spans.flatMap((span) => {
    const stated = span.context.outcome
    if (!stated || span.synthetic || stated.status === null || !isOutcomeStatus(stated.status)) return []
    const { workflow, workItemId } = fact
    const occurredAt = stated.occurredAt == null ? null : new Date(stated.occurredAt)
    const outcome = { workflow, workItemId, status: stated.status, value: stated.value ?? apart ?? null, occurredAt }
    return [traceOutcome(fact.traceId, outcome, [span], span.recordedAt)]
  })
}

function isOutcomeStatus(status: string): status is OutcomeStatus {
  return (OUTCOME_STATUSES as readonly string[]).includes(status)
}
