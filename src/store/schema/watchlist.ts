import { date, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Shift, ShiftCause, ShiftNotice } from '../../domain/shift.ts'
import { instant } from './columns.ts'

/** Shifts that were noticed, those of one time together. Rows stay: later questions look here for what was like it. */
export const shiftNotices = pgTable(
  'shift_notices',
  {
    id: text('id').primaryKey(),
    workflow: text('workflow').notNull(),
    date: date('date', { mode: 'string' }).notNull(),
    shifts: jsonb('shifts').$type<Shift[]>().notNull(),
    state: text('state').$type<ShiftNotice['state']>().notNull(),
    question: text('question').notNull(),
    cause: jsonb('cause').$type<ShiftCause>(),
    noticedAt: instant('noticed_at').notNull(),
  },
  (table) => [index('shift_notices_by_workflow').on(table.workflow, table.date)],
)

/** A notice is posted into a channel by whoever inserts its row first; `message_ts` is set once Slack has it. */
export const shiftPosts = pgTable(
  'shift_posts',
  {
    noticeId: text('notice_id').notNull(),
    channel: text('channel').notNull(),
    claimedAt: instant('claimed_at').notNull(),
    messageTs: text('message_ts'),
    postedAt: instant('posted_at'),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.channel] })],
)

/** Workflows of which nobody wants to hear until then. */
export const shiftMutes = pgTable('shift_mutes', {
  workflow: text('workflow').primaryKey(),
  until: instant('until').notNull(),
  mutedBy: text('muted_by').notNull(),
  mutedAt: instant('muted_at').notNull(),
})
