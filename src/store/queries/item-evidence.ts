import { and, asc, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { AuditKind, AuditLink } from '../../domain/audit-chain.ts'
import { type Db, selectRows } from '../client.ts'
import { memoryEntries } from '../schema/memory.ts'

/** Links of the audit chain about some rows, in the order of the chain. */
export async function listLinksOf(
  db: Db,
  subjects: readonly { kind: AuditKind; workflow: string; id: string }[],
  until: Date | null,
): Promise<AuditLink[]> {
  if (subjects.length === 0) return []
  const wanted = JSON.stringify(subjects.map(({ kind, workflow, id }) => ({ kind, workflow, id })))
  const known: SQL = until ? sql`entry.recorded_at <= ${until.toISOString()}::timestamptz` : sql`true`
  const rows = await selectRows<{ link: string }>(
    db,
    sql`select json_build_array(position, entry.kind, subject_workflow, subject_id, content_hash, previous_hash, hash,
          date_part('epoch', recorded_at) * 1000)::text as link
        from audit_entries entry join json_to_recordset(${wanted}::json) as wanted(kind text, workflow text, id text)
          on entry.subject_workflow = wanted.workflow and entry.subject_id = wanted.id
          and replace(entry.kind, '_erased', '') = wanted.kind
        where ${known} order by position`,
  )
  return rows.map((row) => {
    const [position, kind, workflow, id, contentHash, previousHash, hash, recorded] = JSON.parse(row.link) as [
      number,
      AuditKind,
      string,
      string,
      string,
      string,
      string,
      number,
    ]
    const recordedAt = new Date(Math.round(recorded))
    return { position, kind, subject: { workflow, id }, contentHash, previousHash, hash, recordedAt }
  })
}

/** Every version of the entries about a work item that was known by an instant (null: all), oldest first. */
export const listEntryVersions = (db: Db, item: { workflow: string; id: string }, until: Date | null) =>
  db
    .select({
      id: memoryEntries.id,
      kind: memoryEntries.kind,
      title: memoryEntries.title,
      text: memoryEntries.text,
      actor: memoryEntries.actor,
      rule: memoryEntries.rule,
      outcome: memoryEntries.outcome,
      sources: memoryEntries.sources,
      occurredAt: memoryEntries.occurredAt,
      recordedAt: memoryEntries.recordedAt,
      knownUntil: memoryEntries.knownUntil,
      supersededBy: memoryEntries.supersededBy,
    })
    .from(memoryEntries)
    .where(
      and(
        eq(memoryEntries.workItemId, item.id),
        eq(memoryEntries.workflow, item.workflow),
        until ? lte(memoryEntries.recordedAt, until) : undefined,
      ),
    )
    .orderBy(asc(memoryEntries.recordedAt), asc(memoryEntries.number))
