import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { runFacts, workItems } from '../schema/facts.ts'

export interface WorkItemRow {
  workflow: string
  workItemId: string
  status: string
  attempts: number
  totalMicros: number
  unpricedCalls: number
  startedAt: Date | null
  closedAt: Date | null
}

/** Work items of that id, one for each workflow that has it. */
export async function findWorkItemsById(db: Db, workItemId: string, workflow?: string): Promise<WorkItemRow[]> {
  const matches = workflow
    ? and(eq(workItems.workItemId, workItemId), eq(workItems.workflow, workflow))
    : eq(workItems.workItemId, workItemId)
  return db.select(COLUMNS).from(workItems).where(matches).orderBy(workItems.workflow)
}

/** The item's latest run: what an override corrects unless it says otherwise. */
export async function findLatestRun(
  db: Db,
  workflow: string,
  workItemId: string,
): Promise<{ traceId: string; decision: string | null; rules: string[]; startedAt: Date } | null> {
  const rows = await db
    .select({
      traceId: runFacts.traceId,
      decision: runFacts.decision,
      rules: runFacts.rules,
      startedAt: runFacts.startedAt,
    })
    .from(runFacts)
    .where(and(eq(runFacts.workItemId, workItemId), eq(runFacts.workflow, workflow), isNull(runFacts.knownUntil)))
    .orderBy(desc(runFacts.startedAt), desc(runFacts.traceId))
    .limit(1)
  return rows[0] ?? null
}

/**
 * Ids that a mistyped one may have meant: same beginning or same ending first, then the most recent, at most `limit`.
 * A list to choose the nearest from, not the choice.
 */
export async function listWorkItemCandidates(
  db: Db,
  typed: string,
  limit: number,
): Promise<{ workItemId: string; workflow: string; lastAt: Date | null }[]> {
  const prefix = likePattern(typed.slice(0, Math.max(2, Math.floor(typed.length / 2))))
  const suffix = likePattern(typed.slice(-3))
  const rows = await selectRows<{ work_item_id: string; workflow: string; last_at: string | null }>(
    db,
    sql`select work_item_id, workflow, coalesce(closed_at, started_at)::text as last_at from work_items
      order by (lower(work_item_id) like lower(${`${prefix}%`}) or lower(work_item_id) like lower(${`%${suffix}`})) desc,
        coalesce(closed_at, started_at) desc nulls last limit ${limit}`,
  )
  return rows.map((row) => ({
    workItemId: row.work_item_id,
    workflow: row.workflow,
    lastAt: row.last_at === null ? null : new Date(row.last_at),
  }))
}

const COLUMNS = {
  workflow: workItems.workflow,
  workItemId: workItems.workItemId,
  status: workItems.status,
  attempts: workItems.attempts,
  totalMicros: workItems.totalMicros,
  unpricedCalls: workItems.unpricedCalls,
  startedAt: workItems.startedAt,
  closedAt: workItems.closedAt,
}

function likePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
