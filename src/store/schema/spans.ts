import { boolean, date, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type {
  Decision,
  Evaluation,
  RetrievedDocument,
  SpanContext,
  SpanKind,
  SpanStatus,
  ToolCall,
} from '../../domain/span.ts'
import { count, instant } from './columns.ts'

/**
 * Raw spans as normalised and redacted, partitioned by the day of receipt (see the migration), dropped by retention.
 * A copy received on the same day replaces an emptier one; copies of different days live side by side and attribution
 * takes the fullest, so that the order of arrival never matters.
 */
export const spans = pgTable(
  'spans',
  {
    traceId: text('trace_id').notNull(),
    spanId: text('span_id').notNull(),
    receivedDay: date('received_day', { mode: 'string' }).notNull(),
    parentId: text('parent_id'),
    kind: text('kind').$type<SpanKind>().notNull(),
    name: text('name').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    status: text('status').$type<SpanStatus>().notNull(),
    error: text('error'),
    model: text('model'),
    provider: text('provider'),
    responseId: text('response_id'),
    inputTokens: count('input_tokens'),
    cachedInputTokens: count('cached_input_tokens'),
    cacheWriteTokens: count('cache_write_tokens'),
    outputTokens: count('output_tokens'),
    reasoningTokens: count('reasoning_tokens'),
    usageEstimated: boolean('usage_estimated').notNull().default(false),
    usageAmbiguity: text('usage_ambiguity'),
    /** Dollars as the emitter reported them. */
    costUsd: doublePrecision('cost_usd'),
    retryOf: text('retry_of'),
    serviceTier: text('service_tier'),
    input: text('input'),
    output: text('output'),
    documents: jsonb('documents').$type<RetrievedDocument[]>().notNull().default([]),
    tool: jsonb('tool').$type<ToolCall>(),
    decision: jsonb('decision').$type<Decision>(),
    evaluations: jsonb('evaluations').$type<Evaluation[]>().notNull().default([]),
    attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull().default({}),
    context: jsonb('context').$type<SpanContext>().notNull(),
    dialect: text('dialect').notNull(),
    synthetic: boolean('synthetic').notNull().default(false),
    /** How much the copy says; the fuller copy wins, ties go to the greater hash. */
    fullness: integer('fullness').notNull(),
    contentHash: text('content_hash').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.traceId, table.spanId, table.receivedDay] })],
)

/** Traces whose facts must be built again. Written in the transaction that stores the spans, so none is forgotten. */
export const changedTraces = pgTable(
  'changed_traces',
  {
    traceId: text('trace_id').primaryKey(),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [index('changed_traces_by_time').on(table.changedAt)],
)

/** What was refused and why, by source. The excerpt is redacted. */
export const deadLetters = pgTable(
  'dead_letters',
  {
    id: text('id').primaryKey(),
    source: text('source').notNull(),
    memberIndex: integer('member_index'),
    path: text('path').notNull(),
    message: text('message').notNull(),
    excerpt: text('excerpt').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [index('dead_letters_by_time').on(table.recordedAt)],
)
