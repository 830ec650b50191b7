import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { runFacts } from '../schema/facts.ts'
import type { WorkItemKey } from './work-item-keys.ts'

/** The work item that a trace worked on; null where the trace is not known. */
export async function findTraceWorkItem(db: Db, traceId: string): Promise<WorkItemKey | null> {
  const rows = await db
    .select({ workflow: runFacts.workflow, workItemId: runFacts.workItemId })
    .from(runFacts)
    .where(and(eq(runFacts.traceId, traceId), isNull(runFacts.knownUntil)))
    .limit(1)
  return rows[0] ?? null
}
