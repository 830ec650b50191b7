import { sql } from 'drizzle-orm'
import type { CalendarDate } from '../../domain/period.ts'
import { type Db, selectRows } from '../client.ts'

/** Work items that were said to be resolved, by day of the given time zone. */
export async function countResolvedByDay(
  db: Db,
  query: { workflow: string | null; timeZone: string; asOf: Date; knownAt: Date | null },
): Promise<Map<CalendarDate, number>> {
  const { workflow, timeZone, asOf, knownAt } = query
  const rows = await selectRows<{ day: string; items: number }>(
    db,
    sql`select to_char(occurred_at at time zone ${timeZone}, 'YYYY-MM-DD') as day,
          count(distinct (workflow, work_item_id))::float8 as items
        from outcomes
        where status = 'resolved' and occurred_at <= ${asOf.toISOString()}::timestamptz
          and ${workflow === null ? sql`true` : sql`workflow = ${workflow}`}
          and ${knownAt ? sql`recorded_at <= ${knownAt.toISOString()}::timestamptz` : sql`true`}
        group by 1 order by 1`,
  )
  return new Map(rows.map((row) => [row.day, row.items]))
}
