import { sql } from 'drizzle-orm'
import type { CalendarDate } from '../../domain/period.ts'
import type { SpanCopy } from '../../domain/span-copy.ts'
import { type Db, selectRows } from '../client.ts'
import { readTracePart } from './trace-part.ts'

/** Every stored copy of each span of the given traces: those received on `day` (UTC), else of all days. */
export async function listStoredCopies(db: Db, traceIds: readonly string[], day?: CalendarDate): Promise<SpanCopy[]> {
  const rows = await selectRows<{ traceId: string; spans: string }>(
    db,
    sql`select trace_id as "traceId", encode(spans, 'base64') as spans from trace_parts
        where trace_id = any(array(select json_array_elements_text(${JSON.stringify(traceIds)}::text::json)))
          and ${day === undefined ? sql`true` : sql`received_day = ${day}::date`}`,
  )
  return rows.flatMap(({ traceId, spans }) =>
    readTracePart(Buffer.from(spans, 'base64'), { traceId, recordedAt: new Date(0) }),
  )
}
