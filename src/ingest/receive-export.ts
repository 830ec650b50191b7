import type { Db } from '../store/client.ts'
import { readSpan } from './dialects/read-span.ts'
import { loadIngestRules } from './load-ingest-rules.ts'
import type { ExportReading } from './otlp/read-export.ts'
import { fullestCopies, prepareSpan } from './prepare-spans.ts'
import { recordRefusals } from './record-refusals.ts'
import { writeSpans } from './write-spans.ts'

/** What an export came to. `message` says why spans were rejected. */
export interface ExportReceipt {
  accepted: number
  rejected: number
  message: string
}

/** Spans that are in memory in all their forms at once; between two parts other calls get their turn. */
const SPANS_A_PART = 500

/**
 * Stores the spans of an export, each in its dialect. Committed when the promise resolves. A large export is committed
 * in parts: where one fails, the sender repeats the whole, and what is there already stays as it is.
 */
export async function receiveExport(
  db: Db,
  reading: ExportReading,
  context: { now: Date; source: string },
): Promise<ExportReceipt> {
  const rules = await loadIngestRules(db)
  for (let start = 0; start < reading.spans.length; start += SPANS_A_PART) {
    const spans = reading.spans.slice(start, start + SPANS_A_PART).map(readSpan)
    // Whose outcome a span states, and in which workflow, may be said by a span that has not arrived yet: that is for attribution.
    const rows = spans.map((span) => prepareSpan(span, rules.redactionOfSpan(span)))
    await writeSpans(db, { rows: fullestCopies(rows), outcomes: [], workflows: [] }, context.now)
  }
  await recordRefusals(
    db,
    reading.rejected.map((rejection) => ({ ...rejection, index: null })),
    context,
  )
  const [first] = reading.rejected
  const more = reading.rejected.length > 1 ? ` (and ${reading.rejected.length - 1} more)` : ''
  return {
    accepted: reading.spans.length,
    rejected: reading.rejected.length,
    message: first ? `${first.path}: ${first.message}${more}` : '',
  }
}
