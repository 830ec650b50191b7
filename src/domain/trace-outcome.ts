import { fromDollars } from './money.ts'
import type { Outcome, OutcomeStatus } from './outcome.ts'
import type { Span } from './span.ts'

export interface StatedOutcome {
  workflow: string
  workItemId: string
  status: OutcomeStatus
  /** Dollars. */
  value: number | null
  occurredAt: Date | null
}

/**
 * The outcome that a trace states about its work item, as a row of its own. Its id is made of the trace and the status,
 * so that a trace sent again adds none. Where it names no time, it took effect when the run's last known span ended.
 */
export function traceOutcome(
  traceId: string,
  stated: StatedOutcome,
  spans: readonly Pick<Span, 'startedAt' | 'endedAt'>[],
  now: Date,
): Outcome {
  const ends = spans.map((span) => (span.endedAt ?? span.startedAt).getTime())
  return {
    id: traceOutcomeId(traceId, stated.status, stated.occurredAt),
    workflow: stated.workflow,
    workItemId: stated.workItemId,
    status: stated.status,
    resolvedBy: null,
    valueMicros: stated.value === null ? null : fromDollars(stated.value),
    note: null,
    occurredAt: stated.occurredAt ?? new Date(ends.reduce((latest, end) => Math.max(latest, end), 0)),
    recordedAt: now,
  }
}

export function traceOutcomeId(traceId: string, status: OutcomeStatus, occurredAt: Date | null): string {
  return `trace:${traceId}:${status}${occurredAt ? `@${occurredAt.toISOString()}` : ''}`
}
