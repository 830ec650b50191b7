import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'

export interface ChangedTrace extends Record<string, unknown> {
  traceId: string
  changedAt: Date
}

/**
 * Locks up to `limit` changed traces for this transaction, the longest waiting first, passing over those that another
 * worker holds. A sender that stores more spans of such a trace waits, so nothing is marked and forgotten at once.
 */
export async function claimChangedTraces(tx: Db, limit: number): Promise<ChangedTrace[]> {
  return claim(tx, sql`order by changed_at, trace_id limit ${limit}`)
}

/** The same for one trace; nothing where another worker holds it or it waits no more. */
export async function claimChangedTrace(tx: Db, traceId: string): Promise<ChangedTrace[]> {
  return claim(tx, sql`and trace_id = ${traceId}`)
}

async function claim(tx: Db, which: ReturnType<typeof sql>): Promise<ChangedTrace[]> {
  const rows = await selectRows<{ traceId: string; changedAt: number }>(
    tx,
    sql`select trace_id as "traceId", (extract(epoch from changed_at) * 1000)::float8 as "changedAt"
        from changed_traces where true ${which} for update skip locked`,
  )
  return rows.map((row) => ({ traceId: row.traceId, changedAt: new Date(Math.round(row.changedAt)) }))
}

/** Takes finished traces off the list. */
export async function forgetChangedTraces(tx: Db, traceIds: readonly string[]): Promise<void> {
  if (traceIds.length > 0) await tx.execute(sql`delete from changed_traces where ${among(traceIds)}`)
}

/** Puts traces that could not be attributed at the end of the list, so that they hold nobody up. */
export async function postponeChangedTraces(tx: Db, traceIds: readonly string[], now: Date): Promise<void> {
  if (traceIds.length === 0) return
  await tx.execute(
    sql`update changed_traces set changed_at = ${now.toISOString()}::timestamptz where ${among(traceIds)}`,
  )
}

/** How many stored copies of spans each trace has; traces without any are left out. */
export async function countSpanCopies(db: Db, traceIds: readonly string[]): Promise<Map<string, number>> {
  if (traceIds.length === 0) return new Map()
  const rows = await selectRows<{ traceId: string; copies: number }>(
    db,
    sql`select trace_id as "traceId", sum(span_count)::float8 as copies from trace_parts where ${among(traceIds)} group by trace_id`,
  )
  return new Map(rows.map((row) => [row.traceId, row.copies]))
}

function among(traceIds: readonly string[]) {
  return sql`trace_id in (select jsonb_array_elements_text(${JSON.stringify(traceIds)}::text::jsonb))`
}
