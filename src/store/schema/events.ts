import { boolean, date, doublePrecision, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { ChangeKind } from '../../domain/change-event.ts'
import type { OutcomeStatus } from '../../domain/outcome.ts'
import type { OverrideCandidate } from '../../domain/override-candidate.ts'
import { instant, micros } from './columns.ts'

/** What became of work items. Append-only: a later outcome supersedes, nothing is erased. */
export const outcomes = pgTable(
  'outcomes',
  {
    workflow: text('workflow').notNull(),
    /** The sender's id, or a hash of the content. */
    id: text('id').notNull(),
    workItemId: text('work_item_id').notNull(),
    status: text('status').$type<OutcomeStatus>().notNull(),
    resolvedBy: text('resolved_by'),
    valueMicros: micros('value_micros'),
    note: text('note'),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workflow, table.id] }),
    index('outcomes_by_id').on(table.id),
    index('outcomes_by_item').on(table.workItemId, table.workflow),
    index('outcomes_by_time').on(table.workflow, table.occurredAt),
  ],
)

/** Human corrections. Append-only; erasing a person replaces the content by a tombstone (see audit_entries). */
export const overrides = pgTable(
  'overrides',
  {
    workflow: text('workflow').notNull(),
    id: text('id').notNull(),
    workItemId: text('work_item_id').notNull(),
    traceId: text('trace_id'),
    stepId: text('step_id'),
    agentDecision: text('agent_decision').notNull(),
    humanDecision: text('human_decision').notNull(),
    reason: text('reason').notNull(),
    rule: text('rule'),
    actor: text('actor').notNull(),
    minutes: doublePrecision('minutes'),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    erasedAt: instant('erased_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workflow, table.id] }),
    index('overrides_by_item').on(table.workItemId, table.workflow),
    index('overrides_by_time').on(table.workflow, table.occurredAt),
  ],
)

/** What people said of steps elsewhere, until somebody makes an override of it or dismisses it. */
export const overrideCandidates = pgTable(
  'override_candidates',
  {
    id: text('id').primaryKey(),
    workflow: text('workflow').notNull(),
    workItemId: text('work_item_id').notNull(),
    traceId: text('trace_id').notNull(),
    stepId: text('step_id').notNull(),
    agentDecision: text('agent_decision'),
    annotation: jsonb('annotation').$type<OverrideCandidate['annotation']>().notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    status: text('status').$type<'open' | 'confirmed' | 'dismissed'>().notNull().default('open'),
    settledBy: text('settled_by'),
    settledAt: instant('settled_at'),
  },
  (table) => [
    index('override_candidates_by_item').on(table.workItemId, table.workflow),
    index('override_candidates_by_time').on(table.status, table.occurredAt),
  ],
)

export const changeEvents = pgTable(
  'change_events',
  {
    /** Empty where the event concerns every workflow. */
    workflow: text('workflow').notNull(),
    id: text('id').notNull(),
    kind: text('kind').$type<ChangeKind>().notNull(),
    description: text('description').notNull(),
    attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull().default({}),
    inferred: boolean('inferred').notNull().default(false),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workflow, table.id] }), index('change_events_by_time').on(table.occurredAt)],
)

export const operatingMetrics = pgTable(
  'operating_metrics',
  {
    /** Empty where the metric is of the whole operation. */
    workflow: text('workflow').notNull(),
    id: text('id').notNull(),
    metric: text('metric').notNull(),
    value: doublePrecision('value').notNull(),
    unit: text('unit').notNull(),
    periodStart: date('period_start', { mode: 'string' }).notNull(),
    periodEnd: date('period_end', { mode: 'string' }).notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workflow, table.id] }),
    index('operating_metrics_by_metric').on(table.metric, table.periodStart),
  ],
)
