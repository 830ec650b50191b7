import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { MemoryKind, MemorySource } from '../../domain/memory-entry.ts'
import { instant } from './columns.ts'

export const memoryEntries = pgTable(
  'memory_entries',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<MemoryKind>().notNull(),
    workflow: text('workflow'),
    workItemId: text('work_item_id'),
    title: text('title').notNull(),
    text: text('text').notNull(),
    actor: text('actor'),
    rule: text('rule'),
    outcome: text('outcome'),
    attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull().default({}),
    sources: jsonb('sources').$type<MemorySource[]>().notNull(),
    /** Number of indexed words, for BM25's length normalisation. */
    length: integer('length').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    supersededBy: text('superseded_by'),
  },
  (table) => [
    index('memory_entries_by_item').on(table.workItemId),
    index('memory_entries_by_time').on(table.workflow, table.occurredAt),
  ],
)

/** How often a word form occurs in an entry: the postings that BM25 is computed over in SQL. */
export const memoryPostings = pgTable(
  'memory_postings',
  {
    term: text('term').notNull(),
    entryId: text('entry_id').notNull(),
    frequency: integer('frequency').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.term, table.entryId] }),
    index('memory_postings_by_entry').on(table.entryId),
  ],
)

/** Sources whose memory entry must be made again. Written in the transaction that stores or changes the source. */
export const pendingMemory = pgTable(
  'pending_memory',
  {
    kind: text('kind').$type<MemoryKind>().notNull(),
    /** Empty where the source belongs to no workflow. */
    workflow: text('workflow').notNull(),
    /** Id of the override, trace, change event, decision … */
    sourceId: text('source_id').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.workflow, table.sourceId] })],
)
