import { and, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { runFacts } from '../schema/facts.ts'
import { type BuiltRunFactRow, toRunFactRow } from './run-fact-rows.ts'

/** What a rebuild compares itself with. */
export interface CurrentRunFact {
  traceId: string
  workflow: string
  workItemId: string
  knownFrom: Date
  contentHash: string
  attributedSpanIds: string[]
}

/** The current version of each run's fact, where it has one. */
export async function listCurrentRunFacts(db: Db, traceIds: readonly string[]): Promise<CurrentRunFact[]> {
  if (traceIds.length === 0) return []
  const rows = await db
    .select({
      traceId: runFacts.traceId,
      workflow: runFacts.workflow,
      workItemId: runFacts.workItemId,
      knownFrom: runFacts.knownFrom,
      contentHash: runFacts.contentHash,
      attributedSpans: runFacts.attributedSpans,
    })
    .from(runFacts)
    .where(and(inArray(runFacts.traceId, [...traceIds]), isNull(runFacts.knownUntil)))
  return rows.map(({ attributedSpans, ...row }) => ({
    ...row,
    attributedSpanIds: attributedSpans.map((span) => span.spanId),
  }))
}

/** Rows of one statement: Postgres takes 65,535 parameters at most. */
const ROWS_PER_INSERT = 500

/** Adds versions of run facts, each closing the current version of its run where there is one. */
export async function addRunFactVersions(
  tx: Db,
  versions: readonly { fact: BuiltRunFactRow; contentHash: string }[],
): Promise<void> {
  if (versions.length === 0) return
  const ends = versions.map(({ fact }) => ({ trace_id: fact.traceId, known_until: fact.knownFrom }))
  await tx.execute(sql`
    update run_facts set known_until = version.known_until
    from jsonb_to_recordset(${JSON.stringify(ends)}::text::jsonb) as version(trace_id text, known_until timestamptz)
    where run_facts.trace_id = version.trace_id and run_facts.known_until is null`)
  for (let start = 0; start < versions.length; start += ROWS_PER_INSERT) {
    const rows = versions.slice(start, start + ROWS_PER_INSERT)
    await tx.insert(runFacts).values(rows.map(({ fact, contentHash }) => toRunFactRow(fact, contentHash)))
  }
}
