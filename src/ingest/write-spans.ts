import type { Outcome } from '../domain/outcome.ts'
import type { Db } from '../store/client.ts'
import { isUniqueViolation } from '../store/is-unique-violation.ts'
import { ensureSpanPartition } from '../store/queries/ensure-span-partition.ts'
import { upsertTraceOutcomes } from '../store/queries/insert-outcomes.ts'
import { insertNewSpans, mergeSpans, type SpanRow } from '../store/queries/insert-spans.ts'
import { markChangedWorkItems } from '../store/queries/mark-changes.ts'
import { markMemoryOfItems } from '../store/queries/mark-memory-of-items.ts'
import { registerWorkflows } from '../store/queries/register-workflows.ts'
import { spanKey } from './prepare-spans.ts'

/** Spans of one COPY: large enough that the round trip does not count, small enough to hold in memory twice. */
const SPANS_A_COPY = 2000

export interface SpanBatch {
  /** Each (traceId, spanId) once, in order. */
  rows: readonly SpanRow[]
  outcomes: readonly Outcome[]
  workflows: readonly string[]
  /** Copies of some of the spans are known to be there. */
  repeats?: boolean
}

/**
 * Commits a batch whole: spans, what they state about outcomes, and the marks from which facts are built. Returns the
 * keys (`spanKey`) of the spans that were new or fuller than what was there.
 */
export async function writeSpans(db: Db, batch: SpanBatch, now: Date): Promise<Set<string>> {
  await ensureSpanPartition(db, now.toISOString().slice(0, 10))
  if (batch.repeats) return db.transaction((tx) => writeBatch(tx, batch, now, mergeSpans))
  try {
    return await db.transaction((tx) => writeBatch(tx, batch, now, insertAsNew))
  } catch (error) {
    // Most spans are sent once, so they are stored as new ones first; a sender that repeats itself costs a second look.
    if (!isUniqueViolation(error)) throw error
    return db.transaction((tx) => writeBatch(tx, batch, now, mergeSpans))
  }
}

type InsertSpans = typeof mergeSpans

const insertAsNew: InsertSpans = async (tx, rows, now) => {
  await insertNewSpans(tx, rows, now)
  return [...rows]
}

async function writeBatch(tx: Db, batch: SpanBatch, now: Date, insertSpans: InsertSpans): Promise<Set<string>> {
  const written = new Set<string>()
  for (let start = 0; start < batch.rows.length; start += SPANS_A_COPY) {
    const changed = await insertSpans(tx, batch.rows.slice(start, start + SPANS_A_COPY), now)
    for (const span of changed) written.add(spanKey(span))
  }
  await registerWorkflows(tx, batch.workflows, now)
  const closed = await upsertTraceOutcomes(tx, batch.outcomes)
  await markChangedWorkItems(tx, closed, now)
  await markMemoryOfItems(tx, closed, now)
  return written
}
