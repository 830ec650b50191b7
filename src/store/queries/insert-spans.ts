import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { copyLines } from '../copy-lines.ts'
import { SPAN_COLUMNS } from './span-cells.ts'

/** A span ready to be stored. */
export interface SpanRow {
  traceId: string
  spanId: string
  /** How much the copy says; see the column. */
  fullness: number
  contentHash: string
  /** Everything that it says: `spanCells`. */
  cells: string
}

const COLUMNS = [...SPAN_COLUMNS, 'fullness', 'content_hash', 'received_day', 'recorded_at']
const NAMES = COLUMNS.join(', ')
const KEY: readonly string[] = ['trace_id', 'span_id', 'received_day']
const REPLACED = COLUMNS.filter((name) => !KEY.includes(name)).map((name) => `${name} = excluded.${name}`)

/**
 * Stores spans received at `recordedAt`, none of which may be there with that day, and marks their traces as changed.
 * Expects a transaction, each (traceId, spanId) once, and the day's partition to exist. Throws a unique violation where
 * a copy of a span is there.
 */
export async function insertNewSpans(tx: Db, spans: readonly SpanRow[], recordedAt: Date): Promise<void> {
  await copySpans(tx, 'spans', spans, recordedAt)
  await markChanged(tx, spans, recordedAt)
}

/**
 * The same where copies may be there: one replaces what is there only where it says more. Returns the spans that were new
 * or replaced an emptier copy.
 */
export async function mergeSpans(
  tx: Db,
  spans: readonly SpanRow[],
  recordedAt: Date,
): Promise<{ traceId: string; spanId: string }[]> {
  await tx.execute(sql`create temporary table given_spans (like spans) on commit drop`)
  await copySpans(tx, 'given_spans', spans, recordedAt)
  const written = await selectRows<{ traceId: string; spanId: string }>(
    tx,
    sql.raw(`insert into spans (${NAMES}) select ${NAMES} from given_spans order by trace_id, span_id
      on conflict (trace_id, span_id, received_day) do update set ${REPLACED.join(', ')}
      where (excluded.fullness, excluded.content_hash) > (spans.fullness, spans.content_hash)
      returning trace_id as "traceId", span_id as "spanId"`),
  )
  await tx.execute(sql`drop table given_spans`)
  await markChanged(tx, written, recordedAt)
  return written
}

async function copySpans(tx: Db, table: string, spans: readonly SpanRow[], recordedAt: Date): Promise<void> {
  const time = recordedAt.toISOString()
  const end = `\t${time.slice(0, 10)}\t${time}\n`
  const lines = spans.map((span) => `${span.cells}\t${span.fullness}\t${span.contentHash}${end}`)
  await copyLines(tx, `${table} (${NAMES})`, lines)
}

/** In one order everywhere, so that two transactions never wait for each other. */
async function markChanged(tx: Db, spans: readonly { traceId: string }[], changedAt: Date): Promise<void> {
  const traceIds = [...new Set(spans.map((span) => span.traceId))].sort()
  if (traceIds.length === 0) return
  await tx.execute(sql`
    insert into changed_traces (trace_id, changed_at)
    select trace_id, ${changedAt.toISOString()}::timestamptz
    from json_array_elements_text(${JSON.stringify(traceIds)}::text::json) as changed (trace_id)
    on conflict (trace_id) do update set changed_at = excluded.changed_at`)
}
