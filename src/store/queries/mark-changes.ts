import { sql } from 'drizzle-orm'
import type { MemoryKind } from '../../domain/memory-entry.ts'
import type { Db } from '../client.ts'

/** Work items whose row must be projected again. Call it in the transaction that stored what changed them. */
export async function markChangedWorkItems(
  tx: Db,
  items: readonly { workflow: string; workItemId: string }[],
  changedAt: Date,
): Promise<void> {
  if (items.length === 0) return
  // In one order everywhere, so that two transactions never wait for each other.
  await tx.execute(sql`
    insert into changed_work_items (work_item_id, workflow, changed_at)
    select distinct "workItemId", workflow, ${changedAt.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(items.map(keyOnly))}::text::json) as changed ("workItemId" text, workflow text)
    order by 1, 2
    on conflict (work_item_id, workflow) do update set changed_at = excluded.changed_at, rates_only = false`)
}

/** Sources whose memory entry must be made. Call it in the transaction that stored the source. */
export async function markPendingMemory(
  tx: Db,
  sources: readonly { kind: MemoryKind; workflow: string; sourceId: string }[],
  changedAt: Date,
): Promise<void> {
  if (sources.length === 0) return
  await tx.execute(sql`
    insert into pending_memory (kind, workflow, source_id, changed_at)
    select distinct kind, workflow, "sourceId", ${changedAt.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(sources)}::text::json) as source (kind text, workflow text, "sourceId" text)
    order by 1, 2, 3
    on conflict (kind, workflow, source_id) do update set changed_at = excluded.changed_at`)
}

/** Callers hand over rows that say much more. */
function keyOnly({ workItemId, workflow }: { workflow: string; workItemId: string }) {
  return { workItemId, workflow }
}
