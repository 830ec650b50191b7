import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { DocumentUse, ModelUse, StepUse, WasteClass } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import type { WorkItemStatus } from '../../domain/outcome.ts'
import type { AttributeValue, SpanStatus } from '../../domain/span.ts'
import { count, instant, micros } from './columns.ts'

/** What attribution decided about one span of a run. */
export interface AttributedSpan {
  spanId: string
  /** Its usage counts. */
  counted: boolean
  /** Cost as a model call; null where it is none or its price is unknown. */
  costMicros: MicroDollars | null
  priceSource: 'contract' | 'emitter' | 'catalogue' | null
  /** Fee of a tool or another service. */
  feeMicros: MicroDollars | null
  waste: WasteClass | null
}

/**
 * One wide row per run and version. A rebuilt fact that differs closes the version before it (`known_until`), so that
 * what was known at any instant can be asked. The current version has no `known_until`.
 */
export const runFacts = pgTable(
  'run_facts',
  {
    traceId: text('trace_id').notNull(),
    knownFrom: instant('known_from').notNull(),
    knownUntil: instant('known_until'),
    workflow: text('workflow').notNull(),
    workItemId: text('work_item_id').notNull(),
    /** As the emitter gave it; null where it must be inferred from the item's other runs. */
    attempt: integer('attempt'),
    retryOf: text('retry_of'),
    status: text('status').$type<SpanStatus>().notNull(),
    agentName: text('agent_name'),
    agentVersion: text('agent_version'),
    promptVersion: text('prompt_version'),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    modelCostMicros: micros('model_cost_micros').notNull(),
    toolCostMicros: micros('tool_cost_micros'),
    pricedCalls: integer('priced_calls').notNull(),
    unpricedCalls: integer('unpriced_calls').notNull(),
    calls: integer('calls').notNull(),
    callsWithoutUsage: integer('calls_without_usage').notNull(),
    inputTokens: count('input_tokens'),
    cachedInputTokens: count('cached_input_tokens'),
    cacheWriteTokens: count('cache_write_tokens'),
    outputTokens: count('output_tokens'),
    reasoningTokens: count('reasoning_tokens'),
    usageEstimated: boolean('usage_estimated').notNull(),
    unexplainedTokens: count('unexplained_tokens'),
    models: jsonb('models').$type<ModelUse[]>().notNull(),
    steps: jsonb('steps').$type<StepUse[]>().notNull(),
    documents: jsonb('documents').$type<DocumentUse[]>().notNull(),
    tools: jsonb('tools').$type<string[]>().notNull(),
    waste: jsonb('waste').$type<Partial<Record<WasteClass, number>>>().notNull(),
    workItemAttributes: jsonb('work_item_attributes').$type<Record<string, AttributeValue>>().notNull(),
    decision: text('decision'),
    rules: jsonb('rules').$type<string[]>().notNull(),
    /** Which spans count, what each cost by which price, and which are waste; kept when the spans are dropped. */
    attributedSpans: jsonb('attributed_spans').$type<AttributedSpan[]>().notNull().default([]),
    /** Hash of what the row says, so that a rebuild that changes nothing writes nothing. */
    contentHash: text('content_hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.traceId, table.knownFrom] }),
    uniqueIndex('run_facts_current').on(table.traceId).where(sql`known_until is null`),
    index('run_facts_by_item').on(table.workItemId, table.workflow),
    index('run_facts_by_time').on(table.workflow, table.startedAt),
    // Holds all that is needed to tell which items a period touches: the wide rows are not read for that.
    index('run_facts_current_by_start')
      .on(table.workflow, table.startedAt, table.workItemId)
      .where(sql`known_until is null`),
  ],
)

/** One row per work item as it stands now: what lists, look-ups by id and live totals read. */
export const workItems = pgTable(
  'work_items',
  {
    workItemId: text('work_item_id').notNull(),
    workflow: text('workflow').notNull(),
    attributes: jsonb('attributes').$type<Record<string, AttributeValue>>().notNull(),
    status: text('status').$type<WorkItemStatus>().notNull(),
    startedAt: instant('started_at'),
    closedAt: instant('closed_at'),
    attempts: integer('attempts').notNull(),
    corrections: integer('corrections').notNull(),
    totalMicros: micros('total_micros').notNull(),
    unpricedCalls: integer('unpriced_calls').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workItemId, table.workflow] }),
    index('work_items_by_close').on(table.workflow, table.closedAt),
    index('work_items_by_start').on(table.workflow, table.startedAt),
  ],
)

/** Work items whose row must be projected again: a run, an outcome or an override of theirs arrived. */
export const changedWorkItems = pgTable(
  'changed_work_items',
  {
    workItemId: text('work_item_id').notNull(),
    workflow: text('workflow').notNull(),
    changedAt: instant('changed_at').notNull(),
    /** Only what its corrections cost must be counted anew: its facts are as they were. */
    ratesOnly: boolean('rates_only').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.workItemId, table.workflow] })],
)
