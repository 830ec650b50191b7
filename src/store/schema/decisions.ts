import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { AllocationAction, AllocationStatus } from '../../domain/allocation-decision.ts'
import { instant, micros } from './columns.ts'

export const allocationDecisions = pgTable(
  'allocation_decisions',
  {
    id: text('id').primaryKey(),
    workflow: text('workflow').notNull(),
    segment: jsonb('segment').$type<Record<string, string>>().notNull(),
    action: text('action').$type<AllocationAction>().notNull(),
    parameters: jsonb('parameters').$type<Record<string, string | number>>().notNull(),
    title: text('title').notNull(),
    expectedMonthlyMicros: micros('expected_monthly_micros'),
    interval: jsonb('interval').$type<{ low: number; high: number }>(),
    evidence: jsonb('evidence').$type<string[]>().notNull(),
    status: text('status').$type<AllocationStatus>().notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    proposedAt: instant('proposed_at').notNull(),
  },
  (table) => [index('allocation_decisions_by_workflow').on(table.workflow, table.status)],
)

/**
 * Append-only hash chain over overrides, rule confirmations and allocation decisions. Each entry chains the hash of its
 * content, not the content, so that erasing a person leaves the chain verifiable.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    /** 1, 2, 3 … without gaps. */
    position: integer('position').primaryKey(),
    kind: text('kind').notNull(),
    subjectWorkflow: text('subject_workflow').notNull(),
    subjectId: text('subject_id').notNull(),
    contentHash: text('content_hash').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    uniqueIndex('audit_entries_by_hash').on(table.hash),
    index('audit_entries_by_subject').on(table.subjectWorkflow, table.subjectId),
  ],
)
