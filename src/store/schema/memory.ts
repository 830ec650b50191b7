import { sql } from 'drizzle-orm'
import {
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { MemoryKind, MemorySource } from '../../domain/memory-entry.ts'
import { count, instant } from './columns.ts'

/** A vector of any width: models differ, and each has an index of its own width (see memory_embeddings). */
const anyVector = customType<{ data: string }>({ dataType: () => 'vector' })

/**
 * Entries by version. An entry that says something new closes the version before it (`known_until`), so that what was
 * known at any instant can be searched. The current version has no `known_until`.
 */
export const memoryEntries = pgTable(
  'memory_entries',
  {
    /** Of this version: short, because postings repeat it. */
    number: integer('number').primaryKey().generatedAlwaysAsIdentity(),
    id: text('id').notNull(),
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
    /** Numbers of its terms, ascending, and beside each how often it has the term: what it scores for any question. */
    words: integer('words').array().notNull().default([]),
    frequencies: smallint('frequencies').array().notNull().default([]),
    occurredAt: instant('occurred_at').notNull(),
    /** The last event that the text tells of: a question as of an earlier instant must not see it. */
    latestAt: instant('latest_at').notNull(),
    /** From when this version was known. */
    recordedAt: instant('recorded_at').notNull(),
    knownUntil: instant('known_until'),
    /** Id of another entry that took its place. */
    supersededBy: text('superseded_by'),
    contentHash: text('content_hash').notNull(),
  },
  (table) => [
    uniqueIndex('memory_entries_current').on(table.id).where(sql`known_until is null`),
    index('memory_entries_by_id').on(table.id, table.number),
    index('memory_entries_by_item').on(table.workItemId),
    index('memory_entries_by_time').on(table.workflow, table.occurredAt),
    index('memory_entries_by_kind').on(table.kind, table.occurredAt),
    index('memory_entries_by_occurrence').on(table.occurredAt),
    index('memory_entries_by_actor').on(sql`lower(${table.actor})`, table.occurredAt),
    index('memory_entries_by_rule').on(sql`lower(${table.rule})`, table.occurredAt),
  ],
)

/**
 * Which entries a term occurs in, and how much it weighs there: the postings over which BM25 finds entries in SQL. The index
 * holds every column, so that a search reads it alone, and of a common term only its top. What was found is scored by
 * the entry's own words.
 */
export const memoryPostings = pgTable(
  'memory_postings',
  {
    word: integer('word').notNull(),
    entry: integer('entry').notNull(),
    /** Share of a term's greatest possible gain, in ten thousandths, at the average length of the day it was indexed. */
    impact: smallint('impact').notNull(),
    /** Of the event, counted from 2000-01-01 UTC. */
    day: smallint('day').notNull(),
    /** Kind, workflow, rule, actor and outcome, hashed into bits by memory_facets(): most of what a filter leaves out is left out here. */
    facets: integer('facets').notNull(),
    /** Attributes of the work item, hashed into bits by memory_segment(). */
    segment: integer('segment').notNull(),
  },
  (table) => [
    index('memory_postings_by_impact').on(
      table.word,
      table.impact,
      table.entry,
      table.day,
      table.facets,
      table.segment,
    ),
  ],
)

/**
 * The vocabulary: in how many entries a word form occurs, and its letter trigrams, for words that are misspelt. Terms
 * that begin with `=` are whole identifiers, those that begin with `'` are words in the very form of the text.
 */
export const memoryTerms = pgTable(
  'memory_terms',
  {
    term: text('term').primaryKey(),
    /** Short, because postings repeat it. */
    number: integer('number').notNull().generatedAlwaysAsIdentity(),
    entries: integer('entries').notNull(),
    trigrams: text('trigrams').array().notNull(),
  },
  (table) => [index('memory_terms_by_trigram').using('gin', table.trigrams)],
)

/** One row: how many entry versions are indexed, and how many words they have. */
export const memoryTotals = pgTable('memory_totals', {
  name: text('name').primaryKey(),
  entries: integer('entries').notNull(),
  words: count('words').notNull(),
})

/** Embeddings by model, apart from entries: a new model is filled in beside the old. Each model has its own index. */
export const memoryEmbeddings = pgTable(
  'memory_embeddings',
  {
    model: text('model').notNull(),
    entry: integer('entry').notNull(),
    embedding: anyVector('embedding').notNull(),
  },
  (table) => [primaryKey({ columns: [table.model, table.entry] })],
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

/**
 * Stories of runs in a model's words, beside the text that is made of the rows. One waits while `told_at` is null; it holds for
 * as long as the rows' text is the one that it tells of.
 */
export const toldStories = pgTable(
  'told_stories',
  {
    /** Id of the run's memory entry. */
    entry: text('entry').primaryKey(),
    workflow: text('workflow').notNull(),
    traceId: text('trace_id').notNull(),
    /** Content hash of the text that it tells of. */
    tells: text('tells').notNull(),
    /** By the database's clock: a run that still changes is not told yet. */
    wantedAt: instant('wanted_at').notNull().default(sql`now()`),
    /** Null while it waits, and where what the model said was refused. */
    text: text('text'),
    model: text('model'),
    toldAt: instant('told_at'),
    /** What telling it took so far, by an estimate, and when it last took some. */
    tokens: integer('tokens').notNull().default(0),
    spentAt: instant('spent_at'),
  },
  (table) => [
    index('told_stories_wanted').on(table.wantedAt).where(sql`told_at is null`),
    index('told_stories_by_time').on(table.spentAt),
  ],
)

/** A Slack message or thread that somebody saved as a decision. */
export const savedDecisions = pgTable(
  'saved_decisions',
  {
    id: text('id').primaryKey(),
    /** Empty where it concerns no single workflow. */
    workflow: text('workflow').notNull(),
    workItemId: text('work_item_id'),
    title: text('title').notNull(),
    text: text('text').notNull(),
    rule: text('rule'),
    /** Who saved it. */
    actor: text('actor').notNull(),
    channel: text('channel').notNull(),
    messageTs: text('message_ts').notNull(),
    permalink: text('permalink'),
    /** The thread, oldest first; empty where a single message was saved. */
    messages: jsonb('messages').$type<{ author: string; text: string; sentAt: string }[]>().notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [index('saved_decisions_by_item').on(table.workItemId)],
)

/** Rules by version, append-only: a version holds until the next one of the same rule begins. */
export const rules = pgTable(
  'rules',
  {
    workflow: text('workflow').notNull(),
    id: text('id').notNull(),
    /** 1, 2, 3 … */
    version: integer('version').notNull(),
    text: text('text').notNull(),
    /** A retired version ends the rule. */
    status: text('status').$type<'confirmed' | 'retired'>().notNull(),
    confirmedBy: text('confirmed_by').notNull(),
    /** Id of the rule, in the same workflow, that this one is an exception to. */
    exceptionTo: text('exception_to'),
    /** Ids of the overrides that it was drawn from. */
    evidence: jsonb('evidence').$type<string[]>().notNull(),
    validFrom: instant('valid_from').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workflow, table.id, table.version] })],
)

/**
 * What an agent asked memory while it worked on a trace. Append-only; the trace itself may arrive later, or never. Ids only:
 * what the entries say is read from the entries, so that an erasure reaches it.
 */
export const memoryUses = pgTable(
  'memory_uses',
  {
    number: integer('number').primaryKey().generatedAlwaysAsIdentity(),
    traceId: text('trace_id').notNull(),
    /** `find_precedents`, `search_memory`, `get_work_item`, `explain_change`. */
    tool: text('tool').notNull(),
    /** Redacted. */
    asked: jsonb('asked').$type<Record<string, unknown>>().notNull(),
    /** Ids of the entries that came back, best first. */
    entries: jsonb('entries').$type<string[]>().notNull(),
    usedAt: instant('used_at').notNull(),
  },
  (table) => [index('memory_uses_by_trace').on(table.traceId)],
)
