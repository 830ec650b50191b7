import { sql } from 'drizzle-orm'
import type { Outcome } from '../../domain/outcome.ts'
import { type Db, selectRows } from '../client.ts'
import { outcomes } from '../schema/events.ts'
import { inChunks } from './in-chunks.ts'

/** Stores outcomes; one whose id the workflow has already is left as it is. Returns the keys of the new ones. */
export async function insertOutcomes(
  tx: Db,
  rows: readonly Outcome[],
): Promise<{ workflow: string; id: string; workItemId: string }[]> {
  return inChunks(rows, (part) =>
    tx
      .insert(outcomes)
      .values(part)
      .onConflictDoNothing()
      .returning({ workflow: outcomes.workflow, id: outcomes.id, workItemId: outcomes.workItemId }),
  )
}

/**
 * Stores outcomes that traces state. One that is there already moves to the later of its two times: a trace that came
 * in parts ended when its last part did. Returns the keys of those that are new or moved.
 */
export async function upsertTraceOutcomes(
  tx: Db,
  rows: readonly Outcome[],
): Promise<{ workflow: string; workItemId: string }[]> {
  const latest = new Map<string, Outcome>()
  for (const row of rows) {
    const other = latest.get(`${row.workflow}\n${row.id}`)
    if (!other || row.occurredAt > other.occurredAt) latest.set(`${row.workflow}\n${row.id}`, row)
  }
  if (latest.size === 0) return []
  const records = [...latest.values()].map((row) => ({
    workflow: row.workflow,
    id: row.id,
    work_item_id: row.workItemId,
    status: row.status,
    value_micros: row.valueMicros,
    occurred_at: row.occurredAt,
    recorded_at: row.recordedAt,
  }))
  return selectRows<{ workflow: string; workItemId: string }>(
    tx,
    sql`insert into outcomes (workflow, id, work_item_id, status, value_micros, occurred_at, recorded_at)
        select * from json_to_recordset(${JSON.stringify(records)}::text::json) as given(
          workflow text, id text, work_item_id text, status text, value_micros bigint, occurred_at timestamptz, recorded_at timestamptz)
        order by workflow, id
        on conflict (workflow, id) do update set
          occurred_at = greatest(excluded.occurred_at, outcomes.occurred_at),
          value_micros = coalesce(outcomes.value_micros, excluded.value_micros)
        where excluded.occurred_at > outcomes.occurred_at
          or (outcomes.value_micros is null and excluded.value_micros is not null)
        returning workflow, work_item_id as "workItemId"`,
  )
}
