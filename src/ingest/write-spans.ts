import type { Outcome } from '../domain/outcome.ts'
import { fullestByKey, type SpanCopy, spanKey } from '../domain/span-copy.ts'
import type { Db } from '../store/client.ts'
import { isUniqueViolation } from '../store/is-unique-violation.ts'
import { ensureTracePartition } from '../store/queries/ensure-trace-partition.ts'
import { upsertTraceOutcomes } from '../store/queries/insert-outcomes.ts'
import { insertTraceParts } from '../store/queries/insert-trace-parts.ts'
import { listStoredCopies } from '../store/queries/list-stored-copies.ts'
import { markChangedWorkItems } from '../store/queries/mark-changes.ts'
import { markMemoryOfItems } from '../store/queries/mark-memory-of-items.ts'
import { registerWorkflows } from '../store/queries/register-workflows.ts'
import { keepCopies, type TracePart } from '../store/queries/trace-part.ts'
import { isNews } from './prepare-spans.ts'

export interface SpanBatch {
  parts: readonly TracePart[]
  outcomes: readonly Outcome[]
  workflows: readonly string[]
}

/** Each try finds what made the one before it fail: another sender, who stored the very same at the same moment. */
const MOST_TRIES = 5

/**
 * Commits a batch whole: spans that are new or fuller than the copies received on the same day, what they state about
 * outcomes, and the marks from which facts are built. Returns the keys (`spanKey`) of the spans that were stored.
 */
export async function writeSpans(db: Db, batch: SpanBatch, now: Date): Promise<Set<string>> {
  await ensureTracePartition(db, now.toISOString().slice(0, 10))
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction((tx) => writeBatch(tx, batch, now))
    } catch (error) {
      if (!isUniqueViolation(error) || tries === MOST_TRIES) throw error
    }
  }
}

async function writeBatch(tx: Db, { parts, outcomes, workflows }: SpanBatch, now: Date): Promise<Set<string>> {
  const traceIds = [...new Set(parts.map((part) => part.traceId))]
  const known = fullestByKey(await listStoredCopies(tx, traceIds, now.toISOString().slice(0, 10)))
  const stored = new Set<string>()
  const takeNews = (copy: SpanCopy): boolean => {
    if (!isNews(copy, known)) return false
    known.set(spanKey(copy), copy)
    stored.add(spanKey(copy))
    return true
  }
  const news = parts.flatMap((part) => keepCopies(part, takeNews) ?? [])
  await insertTraceParts(tx, news, now)
  await registerWorkflows(tx, workflows, now)
  const closed = await upsertTraceOutcomes(tx, outcomes)
  await markChangedWorkItems(tx, closed, now)
  await markMemoryOfItems(tx, closed, now)
  return stored
}
