import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { workItems } from '../schema/facts.ts'
import { unpackedItems } from '../schema/item-days.ts'
import { ofWorkItems, type WorkItemKey } from './work-item-keys.ts'

export interface ItemDay {
  workflow: string
  /** UTC. */
  day: string
}

/** Items that have a row are read from their rows until the day that they begin on, by that row, is packed again. */
export async function markUnpacked(tx: Db, keys: readonly WorkItemKey[], now: Date): Promise<void> {
  if (keys.length === 0) return
  await tx.execute(sql`
    insert into unpacked_items (work_item_id, workflow, day, marked_at)
    select work_item_id, workflow, (started_at at time zone 'UTC')::date, ${now.toISOString()}::timestamptz from work_items
    where ${ofWorkItems(workItems, keys)} order by work_item_id, workflow
    on conflict (work_item_id, workflow, day) do update set marked_at = excluded.marked_at, is_gone = false`)
}

/** Items of which nothing is left any more stay marked for good: what was known of them once is in their rows only. */
export async function markGone(tx: Db, keys: readonly WorkItemKey[], now: Date): Promise<void> {
  if (keys.length === 0) return
  const day = now.toISOString().slice(0, 10)
  await tx
    .insert(unpackedItems)
    .values(keys.map(({ workItemId, workflow }) => ({ workItemId, workflow, day, isGone: true, markedAt: now })))
    .onConflictDoNothing()
}

export interface DueDay extends ItemDay, Record<string, unknown> {
  items: number
}

/** A day is packed once it has been quiet for so long, and at most so often while it is not. Milliseconds. */
export interface Pace {
  quiet: number
  pause: number
}

/** Days with items to pack, the latest first, then those that are packed in a form before `format`. */
export async function listDueDays(db: Db, now: Date, pace: Pace, format: number, limit: number): Promise<DueDay[]> {
  const before = (milliseconds: number) => sql`${new Date(now.getTime() - milliseconds).toISOString()}::timestamptz`
  const due = await selectRows<DueDay>(
    db,
    sql`select workflow, day::text as day, items::float8 as items from (
          select workflow, day, count(*) as items, min(marked_at) as first, max(marked_at) as last
          from unpacked_items where not is_gone group by workflow, day) as marked
        where last <= ${before(pace.quiet)} or coalesce(
          (select max(packed_at) from item_days where item_days.workflow = marked.workflow and item_days.day = marked.day),
          first) <= ${before(pace.pause)}
        order by day desc, workflow limit ${limit}`,
  )
  if (due.length >= limit) return due
  const old = await selectRows<DueDay>(
    db,
    sql`select distinct workflow, day::text as day, 0::float8 as items from item_days where format < ${format}
        order by day desc, workflow limit ${limit}`,
  )
  const isDue = (one: DueDay) => due.some(({ workflow, day }) => workflow === one.workflow && day === one.day)
  return [...due, ...old.filter((one) => !isDue(one))].slice(0, limit)
}

/**
 * The marked items of a day, locked for this transaction, at most `limit`; null where another transaction packs the day.
 * What is marked again from now on waits for it to end, and is packed after it.
 */
export async function claimUnpacked(tx: Db, { workflow, day }: ItemDay, limit: number): Promise<WorkItemKey[] | null> {
  const [lock] = await selectRows<{ locked: boolean }>(
    tx,
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`item_days ${workflow} ${day}`}::text, 0)) as locked`,
  )
  if (!lock?.locked) return null
  return selectRows<WorkItemKey & Record<string, unknown>>(
    tx,
    sql`select work_item_id as "workItemId", workflow from unpacked_items
        where workflow = ${workflow} and day = ${day}::date and not is_gone
        order by work_item_id limit ${limit} for update`,
  )
}

/** Which of the items begin on the day, by their rows. */
export async function listItemsOfDay(tx: Db, { day }: ItemDay, keys: readonly WorkItemKey[]): Promise<WorkItemKey[]> {
  if (keys.length === 0) return []
  return selectRows<WorkItemKey & Record<string, unknown>>(
    tx,
    sql`select work_item_id as "workItemId", workflow from work_items
        where ${ofWorkItems(workItems, keys)} and (started_at at time zone 'UTC')::date = ${day}::date`,
  )
}

/** Takes packed items off the list. Those without a row stay on it as gone. */
export async function forgetUnpacked(tx: Db, { day }: ItemDay, keys: readonly WorkItemKey[]): Promise<void> {
  if (keys.length === 0) return
  await tx.execute(sql`
    delete from unpacked_items where ${ofWorkItems(unpackedItems, keys)} and (day = ${day}::date or is_gone)
      and exists (select from work_items where work_items.work_item_id = unpacked_items.work_item_id
        and work_items.workflow = unpacked_items.workflow)`)
  await tx.execute(
    sql`update unpacked_items set is_gone = true where ${ofWorkItems(unpackedItems, keys)} and day = ${day}::date`,
  )
}
