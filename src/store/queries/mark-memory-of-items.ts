import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/**
 * Notes that the entries of the items' runs and overrides must be made again: they tell what came of the item. Call it in
 * the transaction that stores the items' outcomes.
 */
export async function markMemoryOfItems(
  tx: Db,
  items: readonly { workflow: string; workItemId: string }[],
  changedAt: Date,
): Promise<void> {
  if (items.length === 0) return
  const rows = JSON.stringify(items.map(({ workflow, workItemId }) => ({ workflow, id: workItemId })))
  await tx.execute(sql`
    with item as (
      select distinct workflow, id from json_to_recordset(${rows}::json) as i(workflow text, id text)
    ), source as (
      select 'run' as kind, run.workflow, run.trace_id as source_id
      from item join run_facts run on run.work_item_id = item.id and run.workflow = item.workflow
      where run.known_until is null
      union
      select 'override', override.workflow, override.id
      from item join overrides override on override.work_item_id = item.id and override.workflow = item.workflow
    )
    insert into pending_memory (kind, workflow, source_id, changed_at)
    select kind, workflow, source_id, ${changedAt.toISOString()}::timestamptz from source order by 1, 2, 3
    on conflict (kind, workflow, source_id) do update set changed_at = excluded.changed_at`)
}
