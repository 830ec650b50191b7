import { type ChangeEvent, ChangeEventInput } from '../domain/change-event.ts'
import type { Db } from '../store/client.ts'
import { insertChangeEvents } from '../store/queries/insert-change-events.ts'
import { markPendingMemory } from '../store/queries/mark-changes.ts'
import { timeBreach } from './check-limits.ts'
import { cutPayload } from './cut-payload.ts'
import type { Members } from './read-members.ts'
import type { Receipt } from './receipt.ts'
import { type RowKind, receiveRows } from './receive-rows.ts'
import { redactValue } from './redact-value.ts'

const CHANGES: RowKind<ChangeEventInput, ChangeEvent> = {
  schema: ChangeEventInput,
  breach: (input) => timeBreach('occurredAt', input.occurredAt),
  toRow: (input, id, now, redaction) => ({
    id,
    workflow: input.workflow ?? null,
    kind: input.kind,
    description: cutPayload(input.description, redaction),
    attributes: redactValue(input.attributes ?? {}, redaction) as Record<string, unknown>,
    inferred: false,
    occurredAt: input.occurredAt,
    recordedAt: now,
  }),
  store: async (tx, rows, now) => {
    const stored = await insertChangeEvents(tx, rows)
    await markPendingMemory(
      tx,
      stored.map(({ workflow, id }) => ({ kind: 'change', workflow, sourceId: id })),
      now,
    )
    return stored
  },
}

/** Stores what changed around the work. */
export function receiveChanges(db: Db, members: Members, context: { now: Date; source: string }): Promise<Receipt> {
  return receiveRows(db, members, context, CHANGES)
}
