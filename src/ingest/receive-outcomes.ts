import { fromDollars } from '../domain/money.ts'
import { type Outcome, OutcomeInput } from '../domain/outcome.ts'
import type { Db } from '../store/client.ts'
import { insertOutcomes } from '../store/queries/insert-outcomes.ts'
import { markChangedWorkItems } from '../store/queries/mark-changes.ts'
import { markMemoryOfItems } from '../store/queries/mark-memory-of-items.ts'
import { dollarsBreach, firstBreach, timeBreach } from './check-limits.ts'
import { cutPayload } from './cut-payload.ts'
import type { Members } from './read-members.ts'
import type { Receipt } from './receipt.ts'
import { type RowKind, receiveRows } from './receive-rows.ts'

const OUTCOMES: RowKind<OutcomeInput, Outcome> = {
  schema: OutcomeInput,
  breach: (input) => firstBreach(timeBreach('occurredAt', input.occurredAt), dollarsBreach('value', input.value)),
  toRow: (input, id, now, redaction) => ({
    id,
    workflow: input.workflow,
    workItemId: input.workItemId,
    status: input.status,
    resolvedBy: input.resolvedBy ?? null,
    valueMicros: input.value == null ? null : fromDollars(input.value),
    note: input.note == null ? null : cutPayload(input.note, redaction),
    occurredAt: input.occurredAt,
    recordedAt: now,
  }),
  store: async (tx, rows, now) => {
    const stored = await insertOutcomes(tx, rows)
    const items = stored.map(({ workflow, workItemId }) => ({ workflow, workItemId }))
    await markChangedWorkItems(tx, items, now)
    await markMemoryOfItems(tx, items, now)
    return stored
  },
}

/** Stores what became of work items. */
export function receiveOutcomes(db: Db, members: Members, context: { now: Date; source: string }): Promise<Receipt> {
  return receiveRows(db, members, context, OUTCOMES)
}
