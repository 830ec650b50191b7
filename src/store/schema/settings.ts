import { doublePrecision, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { Scope } from '../../domain/access.ts'
import type { IngestRules } from '../../domain/ingest-rules.ts'
import type { RepricingResult } from '../../domain/repricing.ts'
import type { WorkflowSettings } from '../../domain/workflow.ts'
import { instant } from './columns.ts'

export const workflows = pgTable('workflows', {
  name: text('name').primaryKey(),
  /** Null until somebody has set them: a workflow is known as soon as a trace names it. */
  settings: jsonb('settings').$type<WorkflowSettings>(),
  firstSeenAt: instant('first_seen_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** What is redacted of a workflow's data, and how its traces are named; an empty workflow stands for all of them. */
export const ingestRules = pgTable('ingest_rules', {
  workflow: text('workflow').primaryKey(),
  rules: jsonb('rules').$type<IngestRules>().notNull(),
  updatedAt: instant('updated_at').notNull(),
  updatedBy: text('updated_by').notNull(),
})

/** Contract prices in dollars per million tokens, for a workflow or for all, a provider or any, from a day to a day. */
export const contractPrices = pgTable(
  'contract_prices',
  {
    id: text('id').primaryKey(),
    workflow: text('workflow'),
    provider: text('provider'),
    model: text('model').notNull(),
    serviceTier: text('service_tier'),
    inputPerMillion: doublePrecision('input_per_million'),
    cachedInputPerMillion: doublePrecision('cached_input_per_million'),
    cacheWritePerMillion: doublePrecision('cache_write_per_million'),
    outputPerMillion: doublePrecision('output_per_million'),
    reasoningPerMillion: doublePrecision('reasoning_per_million'),
    validFrom: instant('valid_from').notNull(),
    validUntil: instant('valid_until'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: text('recorded_by').notNull(),
  },
  (table) => [index('contract_prices_by_model').on(table.model)],
)

/** Who had runs attributed again after prices or names were set, and which. */
export const reattributions = pgTable('reattributions', {
  id: text('id').primaryKey(),
  because: text('because').$type<'prices' | 'names'>().notNull(),
  /** Null: of every workflow. */
  workflow: text('workflow'),
  /** Runs that started inside these half-open bounds; without an end: until then. */
  from: instant('from_instant').notNull(),
  to: instant('to_instant'),
  runs: integer('runs').notNull(),
  requestedBy: text('requested_by').notNull(),
  requestedAt: instant('requested_at').notNull(),
  /** What came of it; null until the last of its runs is done, and where names were set. */
  result: jsonb('result').$type<RepricingResult>(),
})

export const apiKeys = pgTable('api_keys', {
  id: text('id').primaryKey(),
  /** SHA-256 of the key; the key itself is shown once and never stored. */
  hash: text('hash').notNull().unique(),
  name: text('name').notNull(),
  scopes: jsonb('scopes').$type<Scope[]>().notNull(),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
})

/** Small facts that two processes must agree on, such as the demo workspace's progress. */
export const markers = pgTable('markers', {
  name: text('name').primaryKey(),
  value: jsonb('value').$type<unknown>().notNull(),
  updatedAt: instant('updated_at').notNull(),
})
