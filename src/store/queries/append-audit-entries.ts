import { desc, sql } from 'drizzle-orm'
import type { AllocationDecision } from '../../domain/allocation-decision.ts'
import {
  type AuditKind,
  allocationDecisionContent,
  contentHash,
  entryHash,
  GENESIS,
  overrideContent,
} from '../../domain/audit-chain.ts'
import type { Override } from '../../domain/override.ts'
import type { Db } from '../client.ts'
import { auditEntries } from '../schema/decisions.ts'
import { markers } from '../schema/settings.ts'

/** Appenders take turns on this lock, which is held until the transaction ends: positions have no gaps. */
const AUDIT_LOCK = 7_364_292
const ROWS_A_STATEMENT = 1000
/** Marker that holds the chain's last position and hash: a chain cut off at its end no longer reaches it. */
export const AUDIT_HEAD = 'audit_head'

export interface AuditAppend {
  kind: AuditKind
  subjectWorkflow: string
  subjectId: string
  /** The override, the allocation decision, the rule's version: as it is stored after this change. */
  content: unknown
  recordedAt: Date
}

/**
 * Appends to the audit chain in the order given. Call it in the transaction that writes the rows: whatever is appended
 * must be what the row holds afterwards, and every later change of such a row must be appended too.
 */
export async function appendAuditEntries(tx: Db, entries: AuditAppend[]): Promise<void> {
  if (entries.length === 0) return
  await tx.execute(sql`select pg_advisory_xact_lock(${AUDIT_LOCK})`)
  const [last] = await tx
    .select({ position: auditEntries.position, hash: auditEntries.hash })
    .from(auditEntries)
    .orderBy(desc(auditEntries.position))
    .limit(1)
  let position = last?.position ?? 0
  let previousHash = last?.hash ?? GENESIS
  const rows = entries.map((entry) => {
    position += 1
    const subject = { workflow: entry.subjectWorkflow, id: entry.subjectId }
    const hashOfContent = contentHash(coveredContent(entry.kind, entry.content))
    const hash = entryHash(previousHash, position, entry.kind, subject, hashOfContent, entry.recordedAt)
    const row = {
      position,
      kind: entry.kind,
      subjectWorkflow: subject.workflow,
      subjectId: subject.id,
      contentHash: hashOfContent,
      previousHash,
      hash,
      recordedAt: entry.recordedAt,
    }
    previousHash = hash
    return row
  })
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    await tx.insert(auditEntries).values(rows.slice(start, start + ROWS_A_STATEMENT))
  }
  const head = { value: { position, hash: previousHash }, updatedAt: entries.at(-1)!.recordedAt }
  await tx
    .insert(markers)
    .values({ name: AUDIT_HEAD, ...head })
    .onConflictDoUpdate({ target: markers.name, set: head })
}

/** What the chain covers of a content: the same members that verification reads back from the row. */
function coveredContent(kind: AuditKind, content: unknown): unknown {
  if (kind === 'override' || kind === 'override_erased') return overrideContent(content as Override)
  if (kind === 'allocation_decision') return allocationDecisionContent(content as AllocationDecision)
  return content
}
