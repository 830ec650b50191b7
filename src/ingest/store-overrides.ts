import type { Override, OverrideInput } from '../domain/override.ts'
import type { Db } from '../store/client.ts'
import { appendAuditEntries } from '../store/queries/append-audit-entries.ts'
import { insertOverrides } from '../store/queries/insert-overrides.ts'
import { markChangedWorkItems, markPendingMemory } from '../store/queries/mark-changes.ts'
import { cutPayload } from './cut-payload.ts'
import type { Redaction } from './redaction.ts'

/** An override as it is stored: its free texts redacted. */
export function overrideOf(input: OverrideInput, id: string, now: Date, redaction: Redaction): Override {
  return {
    id,
    workflow: input.workflow,
    workItemId: input.workItemId,
    traceId: input.traceId ?? null,
    stepId: input.stepId ?? null,
    agentDecision: cutPayload(input.agentDecision, redaction),
    humanDecision: cutPayload(input.humanDecision, redaction),
    reason: cutPayload(input.reason, redaction),
    rule: input.rule ?? null,
    actor: input.actor,
    minutes: input.minutes ?? null,
    occurredAt: input.occurredAt,
    recordedAt: now,
  }
}

/**
 * Stores overrides with their audit entries and with the marks from which facts and memory are made. Call it in a
 * transaction. Returns the keys of those that were not there.
 */
export async function storeOverrides(
  tx: Db,
  rows: readonly Override[],
  now: Date,
): Promise<{ workflow: string; id: string }[]> {
  const stored = await insertOverrides(tx, rows)
  const keys = new Set(stored.map(keyOf))
  const fresh = rows.filter((row) => keys.has(keyOf(row)))
  await appendAuditEntries(
    tx,
    fresh.map((override) => ({
      kind: 'override',
      subjectWorkflow: override.workflow,
      subjectId: override.id,
      content: override,
      recordedAt: override.recordedAt,
    })),
  )
  await markChangedWorkItems(
    tx,
    fresh.map(({ workflow, workItemId }) => ({ workflow, workItemId })),
    now,
  )
  await markPendingMemory(
    tx,
    fresh.map(({ workflow, id }) => ({ kind: 'override', workflow, sourceId: id })),
    now,
  )
  return stored
}

const keyOf = (row: { workflow: string; id: string }) => JSON.stringify([row.workflow, row.id])
