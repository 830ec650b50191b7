import { date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytes, instant } from './columns.ts'

/**
 * Raw spans as normalised and redacted: those of one trace that were stored together in one row (`trace-part.ts` says how),
 * partitioned by the day of receipt (see the migration), dropped by retention. Rows are only added. Copies of a span that
 * came later lie in later parts, fuller than the earlier ones of their day; attribution takes the fullest of all, so that
 * the order of arrival never matters.
 */
export const traceParts = pgTable(
  'trace_parts',
  {
    traceId: text('trace_id').notNull(),
    receivedDay: date('received_day', { mode: 'string' }).notNull(),
    /** Equal for the same copies of the same spans. */
    part: text('part').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    spanCount: integer('span_count').notNull(),
    spans: bytes('spans').notNull(),
    /** Inputs, outputs and the texts of documents; null where the spans have none. */
    payloads: bytes('payloads'),
  },
  (table) => [primaryKey({ columns: [table.traceId, table.receivedDay, table.part] })],
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
