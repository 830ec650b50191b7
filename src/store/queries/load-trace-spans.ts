import { setImmediate } from 'node:timers/promises'
import { type SQL, sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import type { FullSpan, StoredSpan } from './stored-span.ts'
import { readFullTracePart, readTracePart } from './trace-part.ts'

/** Every copy of every span of the traces, in no particular order. */
export function loadTraceSpans(db: Db, traceIds: readonly string[]): Promise<StoredSpan[]> {
  return loadParts(db, traceIds, { cells: sql`null as payloads`, where: sql`true` }, (part) =>
    readTracePart(bytesOf(part.spans), originOf(part)),
  )
}

/** The same with inputs, outputs and the texts of documents, as far as they had been recorded by `knownAt`. */
export function loadFullTraceSpans(db: Db, traceIds: readonly string[], knownAt: Date | null): Promise<FullSpan[]> {
  const where = knownAt ? sql`recorded_at <= ${knownAt.toISOString()}::timestamptz` : sql`true`
  return loadParts(db, traceIds, { cells: sql`encode(payloads, 'base64') as payloads`, where }, (part) =>
    readFullTracePart(bytesOf(part.spans), part.payloads === null ? null : bytesOf(part.payloads), originOf(part)),
  )
}

/** Cells travel as base64: drivers take bytes as hexadecimal digits, of which there are more and which take longer to read. */
interface PartRow extends Record<string, unknown> {
  traceId: string
  recordedAt: number
  spans: string
  payloads: string | null
}

const bytesOf = (cell: string): Buffer => Buffer.from(cell, 'base64')
const originOf = ({ traceId, recordedAt }: PartRow) => ({ traceId, recordedAt: new Date(recordedAt) })

/** Parts that are read without a pause: a few milliseconds, between which calls get their turn. */
const PARTS_A_TURN = 50

async function loadParts<Read>(
  db: Db,
  traceIds: readonly string[],
  { cells, where }: { cells: SQL; where: SQL },
  read: (part: PartRow) => Read[],
): Promise<Read[]> {
  if (traceIds.length === 0) return []
  const parts = await selectRows<PartRow>(
    db,
    sql`select trace_id as "traceId", round(extract(epoch from recorded_at) * 1000)::float8 as "recordedAt",
          encode(spans, 'base64') as spans, ${cells}
        from trace_parts
        where trace_id = any(array(select json_array_elements_text(${JSON.stringify(traceIds)}::text::json))) and ${where}`,
  )
  const spans: Read[] = []
  for (const [index, part] of parts.entries()) {
    if (index > 0 && index % PARTS_A_TURN === 0) await setImmediate()
    for (const span of read(part)) spans.push(span)
  }
  return spans
}
