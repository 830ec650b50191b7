import { eq } from 'drizzle-orm'
import type { Plan } from '../../domain/plan.ts'
import type { Db } from '../client.ts'
import { threadPlans } from '../schema/slack.ts'

/** The plan that a thread last ran; null where it has none. */
export async function findThreadPlan(db: Db, threadId: string): Promise<{ plan: Plan; asOf: Date | null } | null> {
  const rows = await db.select().from(threadPlans).where(eq(threadPlans.threadId, threadId)).limit(1)
  return rows[0] ? { plan: rows[0].plan, asOf: rows[0].asOf } : null
}

export async function saveThreadPlan(
  db: Db,
  thread: { threadId: string; plan: Plan; asOf: Date | null; updatedAt: Date },
): Promise<void> {
  const { plan, asOf, updatedAt } = thread
  await db
    .insert(threadPlans)
    .values(thread)
    .onConflictDoUpdate({ target: threadPlans.threadId, set: { plan, asOf, updatedAt } })
}
