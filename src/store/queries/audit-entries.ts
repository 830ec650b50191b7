import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { AuditKind, AuditLink } from '../../domain/audit-chain.ts'
import { type Db, selectRows } from '../client.ts'
import { allocationDecisions, auditEntries } from '../schema/decisions.ts'
import { overrides } from '../schema/events.ts'
import { rules } from '../schema/memory.ts'
import { markers } from '../schema/settings.ts'
import { AUDIT_HEAD } from './append-audit-entries.ts'

/** The next links after a position, in order. */
export async function listAuditLinks(db: Db, after: number, limit: number): Promise<AuditLink[]> {
  const rows = await db
    .select()
    .from(auditEntries)
    .where(gt(auditEntries.position, after))
    .orderBy(asc(auditEntries.position))
    .limit(limit)
  return rows.map((row) => ({
    position: row.position,
    kind: row.kind as AuditKind,
    subject: { workflow: row.subjectWorkflow, id: row.subjectId },
    contentHash: row.contentHash,
    previousHash: row.previousHash,
    hash: row.hash,
    recordedAt: row.recordedAt,
  }))
}

/** Those of the positions whose subject has no later link: only they can be compared with the row as it is now. */
export async function listLatestPositions(db: Db, from: number, to: number): Promise<Set<number>> {
  const rows = await selectRows<{ position: number }>(
    db,
    sql`select entry.position::float8 as position from audit_entries entry
      where entry.position between ${from} and ${to} and not exists (
        select 1 from audit_entries later
        where later.subject_workflow = entry.subject_workflow and later.subject_id = entry.subject_id
          and replace(later.kind, '_erased', '') = replace(entry.kind, '_erased', '') and later.position > entry.position)`,
  )
  return new Set(rows.map((row) => row.position))
}

/** Rows by id. Ids of several workflows may be mixed: look the result up by workflow too. */
export const listOverrideRows = (db: Db, ids: string[]) => db.select().from(overrides).where(inArray(overrides.id, ids))

export const listAllocationDecisionRows = (db: Db, ids: string[]) =>
  db.select().from(allocationDecisions).where(inArray(allocationDecisions.id, ids))

export const listRuleRows = (db: Db, ids: string[]) => db.select().from(rules).where(inArray(rules.id, ids))

/** A row that should be in the chain and is not: one that was slipped in, or whose link was cut off. */
export async function findUnchainedRow(db: Db): Promise<{ kind: AuditKind; workflow: string; id: string } | null> {
  const [row] = await selectRows<{ kind: AuditKind; workflow: string; id: string }>(
    db,
    sql`select kind, workflow, id from (
        select 'override' as kind, workflow, id, recorded_at as at from overrides
        union all select 'rule', workflow, id || '@' || version, recorded_at from rules
        union all select 'allocation_decision', workflow, id, decided_at from allocation_decisions
          where status in ('approved', 'rejected')
      ) row where not exists (
        select 1 from audit_entries entry
        where entry.subject_workflow = row.workflow and entry.subject_id = row.id and entry.kind = row.kind)
      order by at, workflow, id limit 1`,
  )
  return row ?? null
}

/** Where the chain ended when it was last appended to. */
export async function findAuditHead(db: Db): Promise<{ position: number; hash: string } | null> {
  const [row] = await db.select({ value: markers.value }).from(markers).where(eq(markers.name, AUDIT_HEAD))
  return (row?.value as { position: number; hash: string } | undefined) ?? null
}

/** Whether a hash that was noted earlier is still in the chain. */
export async function isInChain(db: Db, hash: string, position?: number): Promise<boolean> {
  const at = position === undefined ? undefined : eq(auditEntries.position, position)
  const rows = await db
    .select({ hash: auditEntries.hash })
    .from(auditEntries)
    .where(and(eq(auditEntries.hash, hash), at))
  return rows.length > 0
}
