import type { AllocationDecision } from '../../domain/allocation-decision.ts'
import type { EntryDraft } from '../../store/queries/save-memory-entries.ts'
import { sayAttributes, sayInstant, sayLines, sayMoney, shorten } from './say.ts'
import { latestOf } from './work-item-context.ts'

/** A recommendation and what people decided about it. */
export function makeAllocationEntry(decision: AllocationDecision): EntryDraft {
  const { workflow, segment, interval, expectedMonthlyMicros, decidedBy, decidedAt } = decision
  const inSegment = sayAttributes(segment)
  const parameters = sayAttributes(decision.parameters)
  return {
    id: `allocation:${workflow}:${decision.id}`,
    kind: 'allocation',
    workflow,
    workItemId: null,
    title: shorten(`${decision.status}: ${decision.title}`, 200),
    text: sayLines([
      `${decision.title}: ${decision.action.replaceAll('_', ' ')} in ${workflow}${inSegment ? ` for ${inSegment}` : ''}`,
      parameters && `It sets ${parameters}`,
      expectedMonthlyMicros !== null &&
        `Expected effect: ${sayMoney(expectedMonthlyMicros)} a month${interval ? `, likely between ${sayMoney(interval.low)} and ${sayMoney(interval.high)}` : ''}`,
      `Proposed on ${sayInstant(decision.proposedAt)}`,
      decidedBy && decidedAt && `${decision.status} by ${decidedBy} on ${sayInstant(decidedAt)}`,
      decision.evidence.length > 0 && `It rests on ${decision.evidence.join(', ')}`,
    ]),
    actor: decidedBy,
    rule: null,
    outcome: null,
    attributes: segment,
    sources: [{ kind: 'allocation_decision', id: decision.id }],
    occurredAt: decidedAt ?? decision.proposedAt,
    latestAt: latestOf(decision.proposedAt, decidedAt),
    // The row has no other time of record: it is decided, and written, at the same instant.
    recordedAt: latestOf(decision.proposedAt, decidedAt),
    supersededBy: null,
    identifiers: [decision.id],
  }
}
