import { boolean, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Answer } from '../../domain/answer.ts'
import type { Plan } from '../../domain/plan.ts'
import { instant } from './columns.ts'

/** Slack delivers events again: an event is handled by whoever inserts its id first. */
export const slackEvents = pgTable(
  'slack_events',
  { eventId: text('event_id').primaryKey(), receivedAt: instant('received_at').notNull() },
  (table) => [index('slack_events_by_time').on(table.receivedAt)],
)

/** The plan that a thread last ran, so that a follow-up ("and by region?") has something to follow. */
export const threadPlans = pgTable('thread_plans', {
  threadId: text('thread_id').primaryKey(),
  plan: jsonb('plan').$type<Plan>().notNull(),
  asOf: instant('as_of'),
  updatedAt: instant('updated_at').notNull(),
})

/** A digest is posted by whoever inserts its row first; `message_ts` is set once Slack has it. */
export const digests = pgTable(
  'digests',
  {
    week: text('week').notNull(),
    channel: text('channel').notNull(),
    claimedAt: instant('claimed_at').notNull(),
    messageTs: text('message_ts'),
    postedAt: instant('posted_at'),
  },
  (table) => [primaryKey({ columns: [table.week, table.channel] })],
)

/** What Docket said, so that its buttons work later, after a restart too, and threads that it has answered are known. */
export const slackAnswers = pgTable(
  'slack_answers',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'answer' | 'digest' | 'search'>().notNull(),
    channel: text('channel').notNull(),
    /** The thread that it stands in, or that it began; null for what only one person saw. */
    threadTs: text('thread_ts'),
    messageTs: text('message_ts'),
    askedBy: text('asked_by'),
    question: text('question').notNull(),
    answer: jsonb('answer').$type<Answer>().notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it was last looked at whether data that came late changes it. */
    revisitedAt: instant('revisited_at'),
    /** Its thread was told that late data changes it; what was told then stands in an answer of its own. */
    isRevised: boolean('is_revised').notNull().default(false),
  },
  (table) => [
    index('slack_answers_by_time').on(table.createdAt),
    index('slack_answers_by_thread').on(table.channel, table.threadTs),
  ],
)

export const feedback = pgTable(
  'feedback',
  {
    messageId: text('message_id').notNull(),
    user: text('user_id').notNull(),
    helpful: boolean('helpful').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.user] })],
)

/** Messages of the playground's channels, so that they are there after a restart. */
export const playgroundMessages = pgTable(
  'playground_messages',
  {
    channel: text('channel').notNull(),
    ts: text('ts').notNull(),
    threadTs: text('thread_ts'),
    user: text('user_id').notNull(),
    /** Visible to this user only; null: to all. */
    ephemeralTo: text('ephemeral_to'),
    message: jsonb('message').$type<Record<string, unknown>>().notNull(),
    deletedAt: instant('deleted_at'),
  },
  (table) => [primaryKey({ columns: [table.channel, table.ts] })],
)
