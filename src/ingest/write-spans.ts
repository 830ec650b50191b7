import type { Outcome } from '../domain/outcome.ts'
import type { Db } from '../store/client.ts'
import { ensureSpanPartition } from '../store/queries/ensure-span-partition.ts'
import { upsertTraceOutcomes } from '../store/queries/insert-outcomes.ts'
import { insertSpans, type SpanRow } from '../store/queries/insert-spans.ts'
import { markChangedWorkItems } from '../store/queries/mark-changes.ts'
import { markMemoryOfItems } from '../store/queries/mark-memory-of-items.ts'
import { registerWorkflows } from '../store/queries/register-workflows.ts'
import { spanKey } from './prepare-spans.ts'

/** Spans of one statement: large enough that the round trip does not count, small enough to hold in memory twice. */
const SPANS_A_STATEMENT = 2000

export interface SpanBatch {
  /** Each (traceId, spanId) once, in order. */
  rows: readonly SpanRow[]
  outcomes: readonly Outcome[]
  workflows: readonly string[]
}

/**
 * Commits a batch whole: spans, what they state about outcomes, and the marks from which facts are built. Returns the
 * keys (`spanKey`) of the spans that were new or fuller than what was there.
 */
export async function writeSpans(db: Db, batch: SpanBatch, now: Date): Promise<Set<string>> {
  await ensureSpanPartition(db, now.toISOString().slice(0, 10))
  if (isOneStatement(batch)) return new Set((await insertSpans(db, batch.rows, now)).map(spanKey))
  return db.transaction(async (tx) => {
    const written = new Set<string>()
    for (let start = 0; start < batch.rows.length; start += SPANS_A_STATEMENT) {
      const changed = await insertSpans(tx, batch.rows.slice(start, start + SPANS_A_STATEMENT), now)
      for (const span of changed) written.add(spanKey(span))
    }
    await registerWorkflows(tx, batch.workflows, now)
    const closed = await upsertTraceOutcomes(tx, batch.outcomes)
    await markChangedWorkItems(tx, closed, now)
    await markMemoryOfItems(tx, closed, now)
    return written
  })
}

/** One statement is a transaction by itself, and saves the round trips of one. */
function isOneStatement({ rows, outcomes, workflows }: SpanBatch): boolean {
  return outcomes.length === 0 && workflows.length === 0 && rows.length <= SPANS_A_STATEMENT
}
