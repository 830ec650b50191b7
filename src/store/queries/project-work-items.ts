import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { changedWorkItems, workItems } from '../schema/facts.ts'
import { ofWorkItems, type WorkItemKey } from './work-item-keys.ts'

export type ChangedWorkItem = WorkItemKey & { ratesOnly: boolean }

/** Locks up to `limit` changed items for this transaction, passing over those that another worker holds. */
export function claimChangedWorkItems(tx: Db, limit: number): Promise<ChangedWorkItem[]> {
  return selectRows<ChangedWorkItem & Record<string, unknown>>(
    tx,
    sql`select work_item_id as "workItemId", workflow, rates_only as "ratesOnly" from changed_work_items
        order by changed_at, work_item_id, workflow limit ${limit} for update skip locked`,
  )
}

/** The same for one item; nothing where another worker holds it or it waits no more. */
export function claimChangedWorkItem(tx: Db, key: WorkItemKey): Promise<ChangedWorkItem[]> {
  return selectRows<ChangedWorkItem & Record<string, unknown>>(
    tx,
    sql`select work_item_id as "workItemId", workflow, rates_only as "ratesOnly" from changed_work_items
        where work_item_id = ${key.workItemId} and workflow = ${key.workflow} for update skip locked`,
  )
}

/** Puts an item that could not be projected at the end of the list, so that it holds nobody up. */
export async function postponeChangedWorkItem(db: Db, key: WorkItemKey, now: Date): Promise<void> {
  await db
    .update(changedWorkItems)
    .set({ changedAt: now })
    .where(ofWorkItems(changedWorkItems, [key]))
}

export async function forgetChangedWorkItems(tx: Db, keys: readonly WorkItemKey[]): Promise<void> {
  if (keys.length > 0) await tx.delete(changedWorkItems).where(ofWorkItems(changedWorkItems, keys))
}

/** Writes the rows as they stand now. */
export async function upsertWorkItems(tx: Db, rows: readonly (typeof workItems.$inferInsert)[]): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into work_items (work_item_id, workflow, attributes, status, started_at, closed_at, attempts, corrections,
      total_micros, unpriced_calls, updated_at)
    select * from json_to_recordset(${JSON.stringify(rows)}::text::json) as given ("workItemId" text, workflow text,
      attributes jsonb, status text, "startedAt" timestamptz, "closedAt" timestamptz, attempts integer, corrections integer,
      "totalMicros" bigint, "unpricedCalls" integer, "updatedAt" timestamptz)
    on conflict (work_item_id, workflow) do update set attributes = excluded.attributes, status = excluded.status,
      started_at = excluded.started_at, closed_at = excluded.closed_at, attempts = excluded.attempts,
      corrections = excluded.corrections, total_micros = excluded.total_micros, unpriced_calls = excluded.unpriced_calls,
      updated_at = excluded.updated_at`)
}

/** Takes away rows of items of which nothing is left: their runs turned out to belong to another. */
export async function deleteWorkItems(tx: Db, keys: readonly WorkItemKey[]): Promise<void> {
  if (keys.length > 0) await tx.delete(workItems).where(ofWorkItems(workItems, keys))
}
