import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'

export interface StoredCopy {
  traceId: string
  spanId: string
  fullness: number
  contentHash: string
}

/** The fullest stored copy of each span of the given traces, whatever day it came. */
export function findFullestCopies(db: Db, traceIds: readonly string[]): Promise<StoredCopy[]> {
  return selectRows<StoredCopy & Record<string, unknown>>(
    db,
    sql`select distinct on (trace_id, span_id)
          trace_id as "traceId", span_id as "spanId", fullness::float8 as fullness, content_hash as "contentHash"
        from spans
        where trace_id = any(array(select json_array_elements_text(${JSON.stringify(traceIds)}::text::json)))
        order by trace_id, span_id, spans.fullness desc, content_hash desc`,
  )
}
