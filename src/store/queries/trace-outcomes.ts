import { getTableColumns, sql } from 'drizzle-orm'
import { OUTCOME_STATUSES, type Outcome } from '../../domain/outcome.ts'
import { traceOutcomeId } from '../../domain/trace-outcome.ts'
import { type Db, selectRows } from '../client.ts'
import { outcomes } from '../schema/events.ts'
import { inChunks } from './in-chunks.ts'
import type { WorkItemKey } from './work-item-keys.ts'

export interface TracePlaces {
  traceId: string
  /** Of outcomes that it states with a time of their own. */
  ids: readonly string[]
  /** Work items under which more of its outcomes may stand. */
  places: readonly WorkItemKey[]
}

/** The outcomes that are stored as stated by the traces, by trace. */
export async function listTraceOutcomes(tx: Db, traces: readonly TracePlaces[]): Promise<Map<string, Outcome[]>> {
  const ids = traces.flatMap(({ traceId, ids: stated }) => {
    const all = [...OUTCOME_STATUSES.map((status) => traceOutcomeId(traceId, status, null)), ...stated]
    return [...new Set(all)].map((id) => ({ trace_id: traceId, id }))
  })
  const places = traces.flatMap(({ traceId, places: known }) =>
    known.map(({ workflow, workItemId }) => ({ trace_id: traceId, workflow, work_item_id: workItemId })),
  )
  const found = await selectRows<{ traceId: string; workflow: string; id: string }>(
    tx,
    sql`select given.trace_id as "traceId", workflow, outcomes.id
        from json_to_recordset(${JSON.stringify(ids)}::text::json) as given(trace_id text, id text)
        join outcomes on outcomes.id = given.id
        union
        select given.trace_id, outcomes.workflow, id
        from json_to_recordset(${JSON.stringify(places)}::text::json) as given(trace_id text, workflow text, work_item_id text)
        join outcomes on outcomes.work_item_id = given.work_item_id and outcomes.workflow = given.workflow
          and starts_with(id, 'trace:' || given.trace_id || ':')`,
  )
  if (found.length === 0) return new Map()
  const keys = JSON.stringify(found.map(({ workflow, id }) => ({ workflow, id })))
  const rows = await tx
    .select(getTableColumns(outcomes))
    .from(outcomes)
    .where(sql`(workflow, id) in (
      select workflow, id from json_to_recordset(${keys}::text::json) as given(workflow text, id text))`)
  const keyOf = ({ workflow, id }: { workflow: string; id: string }) => JSON.stringify([workflow, id])
  const traceOf = new Map(found.map((row) => [keyOf(row), row.traceId]))
  return Map.groupBy(rows, (row) => traceOf.get(keyOf(row))!)
}

export async function deleteOutcomes(tx: Db, rows: readonly Outcome[]): Promise<void> {
  if (rows.length === 0) return
  const keys = JSON.stringify(rows.map(({ workflow, id }) => ({ workflow, id })))
  await tx.execute(sql`delete from outcomes using json_to_recordset(${keys}::text::json) as given(workflow text, id text)
    where outcomes.workflow = given.workflow and outcomes.id = given.id`)
}

/** Writes them as they are; one that another request has stored meanwhile is replaced. */
export async function putTraceOutcomes(tx: Db, rows: readonly Outcome[]): Promise<void> {
  await inChunks(rows, async (part) => {
    await tx
      .insert(outcomes)
      .values(part)
      .onConflictDoUpdate({
        target: [outcomes.workflow, outcomes.id],
        set: {
          workItemId: sql`excluded.work_item_id`,
          status: sql`excluded.status`,
          valueMicros: sql`excluded.value_micros`,
          occurredAt: sql`excluded.occurred_at`,
        },
      })
    return []
  })
}
