import { type Override, OverrideInput } from '../domain/override.ts'
import type { Db } from '../store/client.ts'
import { timeBreach } from './check-limits.ts'
import type { Members } from './read-members.ts'
import type { Receipt } from './receipt.ts'
import { type RowKind, receiveRows } from './receive-rows.ts'
import { overrideOf, storeOverrides } from './store-overrides.ts'

const OVERRIDES: RowKind<OverrideInput, Override> = {
  schema: OverrideInput,
  breach: (input) => timeBreach('occurredAt', input.occurredAt),
  toRow: overrideOf,
  store: storeOverrides,
}

/** Stores human corrections, each with its audit entry. */
export function receiveOverrides(db: Db, members: Members, context: { now: Date; source: string }): Promise<Receipt> {
  return receiveRows(db, members, context, OVERRIDES)
}
