import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'

/** Whether anything acknowledged by `until` still waits for its facts. */
export async function hasUnsettledChanges(db: Db, until: Date): Promise<boolean> {
  const [row] = await selectRows<{ waiting: boolean }>(
    db,
    sql`select exists (select from changed_traces where changed_at <= ${until.toISOString()}::timestamptz)
            or exists (select from changed_work_items where changed_at <= ${until.toISOString()}::timestamptz) as waiting`,
  )
  return row?.waiting ?? false
}
