import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { runFacts } from '../schema/facts.ts'
import { ofWorkItems, type WorkItemKey } from './work-item-keys.ts'

/** Over every version of an item's runs, those that hold no more and those that went to another item too. Milliseconds since 1970. */
export interface RunHistory extends WorkItemKey, Record<string, unknown> {
  firstStart: number
  lastStart: number
  lastRecorded: number
}

/** When the runs of items ever seemed to start, and when any of it was last recorded. Items without a run are left out. */
export async function listRunHistories(db: Db, keys: readonly WorkItemKey[]): Promise<RunHistory[]> {
  if (keys.length === 0) return []
  return selectRows(
    db,
    sql`select workflow, work_item_id as "workItemId",
          round(date_part('epoch', min(started_at)) * 1000) as "firstStart",
          round(date_part('epoch', max(started_at)) * 1000) as "lastStart",
          round(date_part('epoch', max(greatest(known_from, known_until))) * 1000) as "lastRecorded"
        from run_facts where ${ofWorkItems(runFacts, keys)} group by workflow, work_item_id`,
  )
}
