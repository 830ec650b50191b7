import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'

/**
 * Asks for the runs that started inside half-open bounds to be attributed again. Without a workflow: of every one.
 * Returns how many.
 */
export async function markRunsChanged(
  tx: Db,
  which: { workflow: string | null; from: Date; to: Date | null },
  changedAt: Date,
): Promise<number> {
  const [row] = await selectRows<{ marked: number }>(
    tx,
    sql`with marked as (
          insert into changed_traces (trace_id, changed_at)
          select trace_id, ${changedAt.toISOString()}::timestamptz from run_facts
          where known_until is null and started_at >= ${which.from.toISOString()}::timestamptz
            and ${which.to ? sql`started_at < ${which.to.toISOString()}::timestamptz` : sql`true`}
            and ${which.workflow === null ? sql`true` : sql`workflow = ${which.workflow}`}
          order by trace_id
          on conflict (trace_id) do update set changed_at = excluded.changed_at
          returning trace_id
        ) select count(*)::float8 as marked from marked`,
  )
  return row!.marked
}
