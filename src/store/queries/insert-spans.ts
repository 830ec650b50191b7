import { type SQL, sql } from 'drizzle-orm'
import type { Span } from '../../domain/span.ts'
import { type Db, selectRows } from '../client.ts'

export interface SpanRow extends Span {
  /** How much the copy says; see the column. */
  fullness: number
  contentHash: string
}

/** Columns with their types in SQL, in the order of the table; the key columns first. */
const COLUMNS: readonly (readonly [name: string, type: string])[] = [
  ['trace_id', 'text'],
  ['span_id', 'text'],
  ['parent_id', 'text'],
  ['kind', 'text'],
  ['name', 'text'],
  ['started_at', 'timestamptz'],
  ['ended_at', 'timestamptz'],
  ['status', 'text'],
  ['error', 'text'],
  ['model', 'text'],
  ['provider', 'text'],
  ['response_id', 'text'],
  ['input_tokens', 'bigint'],
  ['cached_input_tokens', 'bigint'],
  ['cache_write_tokens', 'bigint'],
  ['output_tokens', 'bigint'],
  ['reasoning_tokens', 'bigint'],
  ['usage_estimated', 'boolean'],
  ['usage_ambiguity', 'text'],
  ['cost_usd', 'float8'],
  ['retry_of', 'text'],
  ['service_tier', 'text'],
  ['input', 'text'],
  ['output', 'text'],
  ['documents', 'jsonb'],
  ['tool', 'jsonb'],
  ['decision', 'jsonb'],
  ['evaluations', 'jsonb'],
  ['attributes', 'jsonb'],
  ['context', 'jsonb'],
  ['dialect', 'text'],
  ['synthetic', 'boolean'],
  ['fullness', 'integer'],
  ['content_hash', 'text'],
]
const names = COLUMNS.map(([name]) => name)
const NAMES: SQL = sql.raw(names.join(', '))
const RECORD: SQL = sql.raw(COLUMNS.map(([name, type]) => `${name} ${type}`).join(', '))
const REPLACED: SQL = sql.raw([...names.slice(2), 'recorded_at'].map((name) => `${name} = excluded.${name}`).join(', '))

/**
 * Stores spans received at `recordedAt` and marks their traces as changed, in one statement. A copy of a span that is
 * there replaces it only where it says more. Expects each (traceId, spanId) once, and the day's partition to exist.
 * Returns the spans that were new or replaced an emptier copy.
 */
export async function insertSpans(
  db: Db,
  spans: readonly SpanRow[],
  recordedAt: Date,
): Promise<{ traceId: string; spanId: string }[]> {
  if (spans.length === 0) return []
  const time = recordedAt.toISOString()
  return selectRows<{ traceId: string; spanId: string }>(
    db,
    sql`with written as (
          insert into spans (${NAMES}, received_day, recorded_at)
          select ${NAMES}, ${time.slice(0, 10)}::date, ${time}::timestamptz
          from json_to_recordset(${JSON.stringify(spans.map(spanRecord))}::text::json) as given(${RECORD})
          on conflict (trace_id, span_id, received_day) do update set ${REPLACED}
          where (excluded.fullness, excluded.content_hash) > (spans.fullness, spans.content_hash)
          returning trace_id, span_id
        ), marked as (
          insert into changed_traces (trace_id, changed_at)
          select distinct trace_id, ${time}::timestamptz from written order by trace_id
          on conflict (trace_id) do update set changed_at = excluded.changed_at
        )
        select trace_id as "traceId", span_id as "spanId" from written`,
  )
}

/** A row by its column names, as JSON takes it. */
export function spanRecord(span: SpanRow): Record<string, unknown> {
  return {
    trace_id: span.traceId,
    span_id: span.spanId,
    parent_id: span.parentId,
    kind: span.kind,
    name: span.name,
    started_at: span.startedAt,
    ended_at: span.endedAt,
    status: span.status,
    error: span.error,
    model: span.model,
    provider: span.provider,
    response_id: span.responseId,
    input_tokens: span.usage?.inputTokens,
    cached_input_tokens: span.usage?.cachedInputTokens,
    cache_write_tokens: span.usage?.cacheWriteTokens,
    output_tokens: span.usage?.outputTokens,
    reasoning_tokens: span.usage?.reasoningTokens,
    usage_estimated: span.usageEstimated,
    usage_ambiguity: span.usageAmbiguity,
    cost_usd: span.costUsd,
    retry_of: span.retryOf,
    service_tier: span.serviceTier,
    input: span.input,
    output: span.output,
    documents: span.documents,
    tool: span.tool,
    decision: span.decision,
    evaluations: span.evaluations,
    attributes: span.attributes,
    context: span.context,
    dialect: span.dialect,
    synthetic: span.synthetic,
    fullness: span.fullness,
    content_hash: span.contentHash,
  }
}
