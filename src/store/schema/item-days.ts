import { boolean, date, index, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { bytes, instant } from './columns.ts'

/**
 * The present facts of the items that began on one day (UTC) of one workflow, in compressed columns: what analyses read
 * instead of rows. A projection like `work_items`: what it holds can be made again from the rows. An item that is named in
 * `changed_work_items` or `unpacked_items` is read from its rows, whatever stands here.
 */
export const itemDays = pgTable(
  'item_days',
  {
    workflow: text('workflow').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    /** How long the lives of these items are: 0 days, 1 weeks, 2 longer. Apart, so that a period reads no years of old days. */
    reach: smallint('reach').notNull(),
    /** How the cells are written; the first rows do not tell. Of what is older all is read, and packed again in the new form. */
    format: smallint('format').notNull().default(1),
    /** Hash of what the row holds: the same text, the same facts, in whatever database. */
    contentHash: text('content_hash').notNull(),
    items: integer('items').notNull(),
    /** Between these lies everything that happened to the items. */
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
    /** When the last of it was recorded. */
    recordedAt: instant('recorded_at').notNull(),
    packedAt: instant('packed_at').notNull(),
    figures: bytes('figures').notNull(),
    latest: bytes('latest').notNull(),
    steps: bytes('steps').notNull(),
    documents: bytes('documents').notNull(),
    tools: bytes('tools').notNull(),
    waste: bytes('waste').notNull(),
    record: bytes('record').notNull(),
    traces: bytes('traces').notNull(),
    corrections: bytes('corrections').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workflow, table.day, table.reach] })],
)

/**
 * Items that a day must be packed with again: they began on it, or did so until now. Until then they are read from their
 * rows. One of which nothing is left stays here, `is_gone`, because something was known of it once.
 */
export const unpackedItems = pgTable(
  'unpacked_items',
  {
    workItemId: text('work_item_id').notNull(),
    workflow: text('workflow').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    isGone: boolean('is_gone').notNull().default(false),
    markedAt: instant('marked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workItemId, table.workflow, table.day] }),
    index('unpacked_items_by_day').on(table.workflow, table.day),
  ],
)
