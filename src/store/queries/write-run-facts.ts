import { and, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { runFacts } from '../schema/facts.ts'
import { type BuiltRunFactRow, toRunFactRow } from './run-fact-rows.ts'

/** What a rebuild compares itself with. */
export interface CurrentRunFact {
  traceId: string
  workflow: string
  workItemId: string
  decision: string | null
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
      decision: runFacts.decision,
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

/** Columns in the order of the record below, with their types in SQL. */
const COLUMNS: Record<keyof typeof runFacts.$inferInsert, string> = {
  traceId: 'text',
  knownFrom: 'timestamptz',
  knownUntil: 'timestamptz',
  workflow: 'text',
  workItemId: 'text',
  attempt: 'integer',
  retryOf: 'text',
  status: 'text',
  agentName: 'text',
  agentVersion: 'text',
  promptVersion: 'text',
  startedAt: 'timestamptz',
  endedAt: 'timestamptz',
  modelCostMicros: 'bigint',
  toolCostMicros: 'bigint',
  pricedCalls: 'integer',
  unpricedCalls: 'integer',
  calls: 'integer',
  callsWithoutUsage: 'integer',
  inputTokens: 'bigint',
  cachedInputTokens: 'bigint',
  cacheWriteTokens: 'bigint',
  outputTokens: 'bigint',
  reasoningTokens: 'bigint',
  usageEstimated: 'boolean',
  unexplainedTokens: 'bigint',
  models: 'jsonb',
  steps: 'jsonb',
  documents: 'jsonb',
  tools: 'jsonb',
  waste: 'jsonb',
  workItemAttributes: 'jsonb',
  decision: 'text',
  rules: 'jsonb',
  attributedSpans: 'jsonb',
  contentHash: 'text',
}
const properties = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]
const NAMES: SQL = sql.raw(properties.map((property) => `"${runFacts[property].name}"`).join(', '))
const GIVEN: SQL = sql.raw(properties.map((property) => `"${property}"`).join(', '))
const RECORD: SQL = sql.raw(properties.map((property) => `"${property}" ${COLUMNS[property]}`).join(', '))

/** A version to add; `knownUntil` where a later one of the same run is added with it. */
export interface NewRunFactVersion {
  fact: BuiltRunFactRow
  contentHash: string
  knownUntil: Date | null
}

/** Adds versions of run facts, the earliest of each run closing the version that is current. */
export async function addRunFactVersions(tx: Db, versions: readonly NewRunFactVersion[]): Promise<void> {
  if (versions.length === 0) return
  const rows = versions.map(({ fact, contentHash, knownUntil }) => ({ ...toRunFactRow(fact, contentHash), knownUntil }))
  const record = JSON.stringify(rows)
  await tx.execute(sql`
    update run_facts set known_until = version.known_from
    from (select "traceId" as trace_id, min("knownFrom") as known_from
          from json_to_recordset(${record}::text::json) as given("traceId" text, "knownFrom" timestamptz)
          group by 1) as version
    where run_facts.trace_id = version.trace_id and run_facts.known_until is null`)
  await tx.execute(sql`
    insert into run_facts (${NAMES}) select ${GIVEN} from json_to_recordset(${record}::text::json) as given(${RECORD})`)
}
