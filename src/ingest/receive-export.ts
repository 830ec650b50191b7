import { setImmediate } from 'node:timers/promises'
import type { Db } from '../store/client.ts'
import { type PreparedSpan, writeTraceParts } from '../store/queries/trace-part.ts'
import { readSpan } from './dialects/read-span.ts'
import { createGroupWriter, type WriteParts } from './group-writes.ts'
import { loadIngestRules } from './load-ingest-rules.ts'
import type { ExportStream } from './otlp/read-export.ts'
import { fullestCopies, prepareSpan } from './prepare-spans.ts'
import { recordRefusals } from './record-refusals.ts'

/** What an export came to. `message` says why spans were rejected. */
export interface ExportReceipt {
  accepted: number
  rejected: number
  message: string
}

/** Spans of a large export that are packed and committed at once: those that wait to be packed take many times more memory. */
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
  write: WriteParts = createGroupWriter(db),
): Promise<ExportReceipt> {
  const rules = await loadIngestRules(db)
  let accepted = 0
  let waiting: PreparedSpan[] = []
  const commit = () => {
    // Packed before they wait for the database: texts that outlive what was read meanwhile are what the collector copies.
    const parts = writeTraceParts(fullestCopies(waiting))
    waiting = []
    return write(parts, context.now)
  }
  // Whose outcome a span states, and in which workflow, may be said by a span that has not arrived yet: that is for attribution.
  for (const raw of reading.spans) {
    const span = readSpan(raw)
    waiting.push(prepareSpan(span, rules.redactionOfSpan(span)))
    accepted += 1
    if (waiting.length === SPANS_A_PART) await commit()
    if (accepted % SPANS_A_TURN === 0) await setImmediate()
  }
  if (waiting.length > 0) await commit()
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
