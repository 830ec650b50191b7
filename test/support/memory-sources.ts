import type { Override } from '../../src/domain/override.ts'
import type { Db } from '../../src/store/client.ts'
import { appendAuditEntries } from '../../src/store/queries/append-audit-entries.ts'
import { overrides } from '../../src/store/schema/events.ts'
import { pendingMemory } from '../../src/store/schema/memory.ts'

/** An override with plausible content; give what matters to the test. */
export function overrideWith(members: Partial<Override> & { id: string }): Override {
  return {
    workflow: 'claims',
    workItemId: `claim-of-${members.id}`,
    traceId: null,
    stepId: null,
    agentDecision: 'deny',
    humanDecision: 'approve',
    reason: 'hail rider applies',
    rule: 'HR-12',
    actor: 'Dana',
    minutes: 12,
    occurredAt: new Date('2026-11-10T10:00:00Z'),
    recordedAt: new Date('2026-11-10T10:01:00Z'),
    ...members,
  }
}

/** Stores overrides as recording does: the rows, their audit entries, and the note that memory must make entries. */
export async function storeOverrides(db: Db, stored: Override[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(overrides).values(stored)
    await appendAuditEntries(
      tx,
      stored.map((override) => ({
        kind: 'override',
        subjectWorkflow: override.workflow,
        subjectId: override.id,
        content: override,
        recordedAt: override.recordedAt,
      })),
    )
    await tx.insert(pendingMemory).values(
      stored.map(({ workflow, id, recordedAt }) => ({
        kind: 'override' as const,
        workflow,
        sourceId: id,
        changedAt: recordedAt,
      })),
    )
  })
}
