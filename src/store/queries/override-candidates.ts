import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { OverrideCandidate } from '../../domain/override-candidate.ts'
import type { Db } from '../client.ts'
import { overrideCandidates } from '../schema/events.ts'

export type StoredCandidate = typeof overrideCandidates.$inferSelect

/** Keeps candidates; one that is still open follows its run to another work item or decision, a settled one stays. */
export async function saveOverrideCandidates(tx: Db, candidates: readonly OverrideCandidate[]): Promise<void> {
  const distinct = [...new Map(candidates.map((candidate) => [candidate.id, candidate])).values()]
  if (distinct.length === 0) return
  await tx
    .insert(overrideCandidates)
    .values(distinct.sort((a, b) => (a.id < b.id ? -1 : 1)))
    .onConflictDoUpdate({
      target: overrideCandidates.id,
      set: {
        workflow: sql`excluded.workflow`,
        workItemId: sql`excluded.work_item_id`,
        agentDecision: sql`excluded.agent_decision`,
      },
      setWhere: isNull(overrideCandidates.settledAt),
    })
}

/** Newest first. `status` open: nobody has settled it yet. */
export function listOverrideCandidates(
  db: Db,
  filter: {
    workflow?: string | undefined
    workItemId?: string | undefined
    status?: 'open' | 'confirmed' | 'dismissed' | undefined
    limit: number
  },
): Promise<StoredCandidate[]> {
  const conditions: (SQL | undefined)[] = [
    filter.workflow === undefined ? undefined : eq(overrideCandidates.workflow, filter.workflow),
    filter.workItemId === undefined ? undefined : eq(overrideCandidates.workItemId, filter.workItemId),
    filter.status === undefined ? undefined : eq(overrideCandidates.status, filter.status),
  ]
  return db
    .select()
    .from(overrideCandidates)
    .where(and(...conditions))
    .orderBy(desc(overrideCandidates.occurredAt), overrideCandidates.id)
    .limit(filter.limit)
}

export async function findOverrideCandidate(db: Db, id: string): Promise<StoredCandidate | null> {
  const [found] = await db.select().from(overrideCandidates).where(eq(overrideCandidates.id, id))
  return found ?? null
}

/** False where somebody settled it before, or it is not there. */
export async function settleOverrideCandidate(
  db: Db,
  id: string,
  settled: { status: 'confirmed' | 'dismissed'; settledBy: string; settledAt: Date },
): Promise<boolean> {
  const rows = await db
    .update(overrideCandidates)
    .set(settled)
    .where(and(eq(overrideCandidates.id, id), eq(overrideCandidates.status, 'open')))
    .returning({ id: overrideCandidates.id })
  return rows.length > 0
}
