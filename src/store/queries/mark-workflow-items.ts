import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/** Asks for every work item of a workflow to be projected again after a change of its rates: its facts are as they were. */
export async function markWorkflowItems(db: Db, workflow: string, now: Date): Promise<void> {
  await db.execute(sql`
    insert into changed_work_items (work_item_id, workflow, changed_at, rates_only)
    select work_item_id, workflow, ${now.toISOString()}::timestamptz, true from work_items where workflow = ${workflow}
    on conflict (work_item_id, workflow) do update set changed_at = excluded.changed_at`)
}
