import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { copyLines } from '../copy-lines.ts'
import type { TracePart } from './trace-part.ts'

const COLUMNS = 'trace_id, received_day, part, recorded_at, span_count, spans, payloads'

/**
 * Stores parts of traces received at `recordedAt`, and marks their traces as changed. Expects a transaction and the day's
 * partition to exist. Throws a unique violation where the very part is there.
 */
export async function insertTraceParts(tx: Db, parts: readonly TracePart[], recordedAt: Date): Promise<void> {
  if (parts.length === 0) return
  // In one order everywhere, so that two transactions never wait for each other.
  const sorted = parts.toSorted((a, b) => compare(a.traceId, b.traceId) || compare(a.part, b.part))
  const time = recordedAt.toISOString()
  await copyLines(tx, `trace_parts (${COLUMNS})`, partLines(sorted, time))
  const traceIds = [...new Set(sorted.map((part) => part.traceId))]
  await tx.execute(sql`
    insert into changed_traces (trace_id, changed_at)
    select trace_id, ${time}::timestamptz
    from json_array_elements_text(${JSON.stringify(traceIds)}::text::json) as changed (trace_id)
    on conflict (trace_id) do update set changed_at = excluded.changed_at`)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function* partLines(parts: readonly TracePart[], time: string): Generator<string> {
  const day = time.slice(0, 10)
  for (const { traceId, part, copies, spans, payloads } of parts) {
    yield `${textCell(traceId)}\t${day}\t${part}\t${time}\t${copies.length}\t${bytesCell(spans)}\t${payloads ? bytesCell(payloads) : '\\N'}\n`
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
