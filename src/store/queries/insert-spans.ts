import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { copyLines } from '../copy-lines.ts'
import { type PreparedSpan, writeTracePart } from './trace-part.ts'

const COLUMNS = 'trace_id, received_day, part, recorded_at, span_count, spans, payloads'

/**
 * Stores spans received at `recordedAt`, a part for each trace, and marks their traces as changed. Expects a transaction,
 * each (traceId, spanId) once, and the day's partition to exist. Throws a unique violation where the very part is there.
 */
export async function insertSpans(tx: Db, spans: readonly PreparedSpan[], recordedAt: Date): Promise<void> {
  // In one order everywhere, so that two transactions never wait for each other.
  const traces = [...Map.groupBy(spans, (span) => span.traceId)].sort(([a], [b]) => (a < b ? -1 : 1))
  if (traces.length === 0) return
  const time = recordedAt.toISOString()
  await copyLines(tx, `trace_parts (${COLUMNS})`, partLines(traces, time))
  await tx.execute(sql`
    insert into changed_traces (trace_id, changed_at)
    select trace_id, ${time}::timestamptz
    from json_array_elements_text(${JSON.stringify(traces.map(([traceId]) => traceId))}::text::json) as changed (trace_id)
    on conflict (trace_id) do update set changed_at = excluded.changed_at`)
}

function* partLines(traces: readonly (readonly [string, readonly PreparedSpan[]])[], time: string): Generator<string> {
  const day = time.slice(0, 10)
  for (const [traceId, ofTrace] of traces) {
    const { part, spans, payloads } = writeTracePart(ofTrace)
    yield `${textCell(traceId)}\t${day}\t${part}\t${time}\t${ofTrace.length}\t${bytesCell(spans)}\t${payloads ? bytesCell(payloads) : '\\N'}\n`
  }
}

const SPECIAL = /[\\\t\n\r]/

/** As COPY's text format wants it. */
function textCell(text: string): string {
  if (!SPECIAL.test(text)) return text
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}

/** Of a backslash there it wants two. */
const bytesCell = (bytes: Buffer): string => `\\\\x${bytes.toString('hex')}`
