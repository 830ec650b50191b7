import { isFuller } from '../../src/domain/span-copy.ts'
import type { Db } from '../../src/store/client.ts'
import { loadFullTraceSpans } from '../../src/store/queries/load-trace-spans.ts'
import type { FullSpan } from '../../src/store/queries/stored-span.ts'
import { traceParts } from '../../src/store/schema/spans.ts'

/** Every copy of every raw span that is stored, in order of trace and span. */
export async function storedCopies(db: Db): Promise<FullSpan[]> {
  const rows = await db.selectDistinct({ traceId: traceParts.traceId }).from(traceParts)
  const copies = await loadFullTraceSpans(
    db,
    rows.map((row) => row.traceId),
    null,
  )
  const key = (span: FullSpan) => `${span.traceId} ${span.spanId}`
  return copies.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : isFuller(a, b) ? -1 : 1))
}

/** Of each raw span the fullest copy, in order of trace and span. */
export async function storedSpans(db: Db): Promise<FullSpan[]> {
  const copies = await storedCopies(db)
  return copies.filter(
    (span, index) => span.traceId !== copies[index - 1]?.traceId || span.spanId !== copies[index - 1]?.spanId,
  )
}
