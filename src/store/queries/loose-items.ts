import { type SQL, sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'

/** An item that must be read from its rows. */
export interface LooseItem extends Record<string, unknown> {
  workflow: string
  workItemId: string
  /** The packed day (UTC) that may still hold it as it was; null: none does. */
  day: string | null
}

export interface LooseItems {
  items: LooseItem[]
  /** There are more than were asked for, and none is listed. */
  isMore: boolean
}

/**
 * Items that the packed days do not hold as they are: those that wait to be projected, and those whose day waits to be packed.
 * Of what is gone something was known at a time before, so it matters only to a question from such a time.
 */
export async function listLooseItems(db: Db, knownAt: Date | null, most: number): Promise<LooseItems> {
  const items = await selectRows<LooseItem>(db, sql`select * from (${loose(knownAt)}) as loose limit ${most + 1}`)
  return items.length > most ? { items: [], isMore: true } : { items, isMore: false }
}

/** All of them that some packed day may hold, however many. */
export async function listLooseItemsOfDays(db: Db): Promise<LooseItem[]> {
  return selectRows<LooseItem>(
    db,
    sql`select * from (${loose(null)}) as loose where exists (
          select from item_days where item_days.workflow = loose.workflow and item_days.day = loose.day::date)`,
  )
}

/** A subquery of (work_item_id, workflow). */
export function selectLoose(knownAt: Date | null): SQL {
  return sql`select "workItemId", workflow from (${loose(knownAt)}) as loose`
}

function loose(knownAt: Date | null): SQL {
  return sql`select work_item_id as "workItemId", workflow, day::text as day from unpacked_items
      where ${knownAt ? sql`true` : sql`not is_gone`}
    union all
    select changed.work_item_id, changed.workflow, ((started_at at time zone 'UTC')::date)::text
      from changed_work_items changed left join work_items
        on work_items.work_item_id = changed.work_item_id and work_items.workflow = changed.workflow
      where not changed.rates_only`
}
