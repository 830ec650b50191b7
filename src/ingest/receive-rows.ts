import type { z } from 'zod'
import type { Db } from '../store/client.ts'
import { registerWorkflows } from '../store/queries/register-workflows.ts'
import type { LimitBreach } from './check-limits.ts'
import { contentHash } from './content-hash.ts'
import { loadIngestRules } from './load-ingest-rules.ts'
import { parseMember } from './parse-member.ts'
import type { Members } from './read-members.ts'
import { type Receipt, type Rejection, receiptOf } from './receipt.ts'
import { recordRefusals } from './record-refusals.ts'
import type { Redaction } from './redaction.ts'

interface Keyed {
  workflow: string | null
  id: string
}

/** How one kind of event is read and stored. */
export interface RowKind<Input extends { id?: string | undefined }, Row extends Keyed> {
  schema: z.ZodType<Input>
  /** What is well-formed and still does not fit. */
  breach(input: Input): LimitBreach | null
  toRow(input: Input, id: string, now: Date, redaction: Redaction): Row
  /** Stores rows and whatever must be marked with them; returns the keys of those that were not there. */
  store(tx: Db, rows: Row[], now: Date): Promise<Keyed[]>
}

/** Stores events: each once by its id, or by its content where it has none. Committed when the promise resolves. */
export async function receiveRows<
  Input extends { id?: string | undefined; workflow?: string | null | undefined },
  Row extends Keyed,
>(db: Db, members: Members, context: { now: Date; source: string }, kind: RowKind<Input, Row>): Promise<Receipt> {
  const rows = new Map<string, Row>()
  const rejected: Rejection[] = []
  const warnings: Rejection[] = []
  const rules = await loadIngestRules(db)
  let valid = 0
  for (const member of members) {
    const { index } = member
    const parsed = parseMember(kind.schema, member)
    const breach = parsed.ok ? kind.breach(parsed.value) : parsed
    if (!parsed.ok || breach) {
      rejected.push({ index, path: breach!.path, message: breach!.message })
      continue
    }
    valid += 1
    for (const warning of parsed.warnings) warnings.push({ index, ...warning })
    const redaction = rules.redactionOf(parsed.value.workflow ?? null)
    const row = kind.toRow(parsed.value, parsed.value.id ?? contentHash(parsed.value), context.now, redaction)
    const key = keyOf(row)
    if (!rows.has(key)) rows.set(key, row)
  }
  const stored = await storeRows(db, [...rows.values()], context.now, kind)
  const contentAt = new Map(members.map((member) => [member.index, 'value' in member ? member.value : '']))
  await recordRefusals(
    db,
    rejected.map((rejection) => ({ ...rejection, content: contentAt.get(rejection.index) })),
    context,
  )
  return receiptOf({ accepted: stored, duplicates: valid - stored }, rejected, warnings)
}

function storeRows<Input extends { id?: string | undefined }, Row extends Keyed>(
  db: Db,
  rows: Row[],
  now: Date,
  kind: RowKind<Input, Row>,
): Promise<number> {
  if (rows.length === 0) return Promise.resolve(0)
  return db.transaction(async (tx) => {
    const names = rows.flatMap((row) => row.workflow ?? [])
    await registerWorkflows(tx, names, now)
    return (await kind.store(tx, rows, now)).length
  })
}

const keyOf = (row: Keyed) => JSON.stringify([row.workflow ?? '', row.id])
