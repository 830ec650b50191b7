import { and, inArray } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { type AttributedSpan, runFacts } from '../schema/facts.ts'
import { heldAt } from './list-work-item-records.ts'

/** What the version of each run's fact that held at `knownAt` (null: the current one) says of its spans, by trace id. */
export async function listAttributedSpans(
  db: Db,
  traceIds: readonly string[],
  knownAt: Date | null,
): Promise<Map<string, AttributedSpan[]>> {
  if (traceIds.length === 0) return new Map()
  const rows = await db
    .select({ traceId: runFacts.traceId, attributedSpans: runFacts.attributedSpans })
    .from(runFacts)
    .where(and(inArray(runFacts.traceId, [...traceIds]), heldAt(knownAt)))
  return new Map(rows.map((row) => [row.traceId, row.attributedSpans]))
}
