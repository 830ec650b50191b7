import { setImmediate } from 'node:timers/promises'
import type { Db } from '../store/client.ts'
import type { PreparedSpan } from '../store/queries/trace-part.ts'
import { readSpan } from './dialects/read-span.ts'
import { createGroupWriter, type WriteRows } from './group-writes.ts'
import { loadIngestRules } from './load-ingest-rules.ts'
import type { ExportStream } from './otlp/read-export.ts'
import { prepareSpan } from './prepare-spans.ts'
import { recordRefusals } from './record-refusals.ts'

/** What an export came to. `message` says why spans were rejected. */
export interface ExportReceipt {
  accepted: number
  rejected: number
  message: string
}

/** Spans of a large export that are committed at once. */
const SPANS_A_PART = 2000
/** Spans that are read without a pause: a few milliseconds, between which the database and other calls get their turn. */
const SPANS_A_TURN = 100

/**
 * Stores the spans of an export, each in its dialect. Committed when the promise resolves. A large export is committed
 * in parts: where one fails, the sender repeats the whole, and what is there already stays as it is.
 */
export async function receiveExport(
  db: Db,
  reading: ExportStream,
  context: { now: Date; source: string },
  write: WriteRows = createGroupWriter(db),
): Promise<ExportReceipt> {
  const rules = await loadIngestRules(db)
  let accepted = 0
  let rows: PreparedSpan[] = []
  // Whose outcome a span states, and in which workflow, may be said by a span that has not arrived yet: that is for attribution.
  for (const raw of reading.spans) {
    const span = readSpan(raw)
    rows.push(prepareSpan(span, rules.redactionOfSpan(span)))
    accepted += 1
    if (rows.length === SPANS_A_PART) {
      await write(rows, context.now)
      rows = []
    }
    if (accepted % SPANS_A_TURN === 0) await setImmediate()
  }
  if (rows.length > 0) await write(rows, context.now)
  const { rejected } = reading
  await recordRefusals(
    db,
    rejected.map((rejection) => ({ ...rejection, index: null })),
    context,
  )
  const [first] = rejected
  const more = rejected.length > 1 ? ` (and ${rejected.length - 1} more)` : ''
  return {
    accepted,
    rejected: rejected.length,
    message: first ? `${first.path}: ${first.message}${more}` : '',
  }
}
