import { type SQL, sql } from 'drizzle-orm'
import type { MemoryKind } from '../../domain/memory-entry.ts'

/** Which entries may be found. Absent: no limit. */
export interface MemoryFilter {
  workflow?: string | undefined
  kinds?: readonly MemoryKind[] | undefined
  /** On the time of the event, `to` exclusive. */
  from?: Date | undefined
  to?: Date | undefined
  workItemId?: string | undefined
  actor?: string | undefined
  rule?: string | undefined
  outcome?: string | undefined
  /** Attributes of the work item; all must match, as text. */
  attributes?: Record<string, string> | undefined
  /** Nothing that happened later is told of. */
  asOf?: Date | undefined
  /** Nothing that was recorded later is told of. */
  knownAt?: Date | undefined
}

export function isFiltered(filter: MemoryFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined)
}

/** The filter as conditions on `entry`, a version: what it is about, and that it is the one that held at the standpoint. */
export function conditionsOf(filter: MemoryFilter): SQL {
  const conditions = [...indexedConditions(filter), sql`entry.superseded_by is null`, ...standpointOf(filter)]
  for (const [name, value] of Object.entries(filter.attributes ?? {})) {
    conditions.push(sql`lower(entry.attributes ->> ${name}) = lower(${value})`)
  }
  return sql.join(conditions, sql` and `)
}

/** Those of the conditions whose share of the entries the database can estimate. */
export function estimableConditions(filter: MemoryFilter): SQL | null {
  const conditions = indexedConditions(filter)
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : null
}

function indexedConditions(filter: MemoryFilter): SQL[] {
  const conditions: SQL[] = []
  const add = (condition: SQL) => conditions.push(condition)
  if (filter.workflow !== undefined) add(sql`entry.workflow = ${filter.workflow}`)
  if (filter.kinds?.length === 0) add(sql`false`)
  else if (filter.kinds !== undefined) add(sql`entry.kind in ${filter.kinds}`)
  if (filter.from) add(sql`entry.occurred_at >= ${instant(filter.from)}`)
  if (filter.to) add(sql`entry.occurred_at < ${instant(filter.to)}`)
  if (filter.workItemId !== undefined) add(sql`entry.work_item_id = ${filter.workItemId}`)
  if (filter.actor !== undefined) add(sql`lower(entry.actor) = lower(${filter.actor})`)
  if (filter.rule !== undefined) add(sql`lower(entry.rule) = lower(${filter.rule})`)
  if (filter.outcome !== undefined) add(sql`entry.outcome = ${filter.outcome}`)
  return conditions
}

function standpointOf({ asOf, knownAt }: MemoryFilter): SQL[] {
  if (!asOf && !knownAt) return [sql`entry.known_until is null`]
  const visible = (alias: SQL) =>
    sql.join(
      [
        ...(asOf ? [sql`${alias}.latest_at <= ${instant(asOf)}`] : []),
        ...(knownAt ? [sql`${alias}.recorded_at <= ${instant(knownAt)}`] : []),
      ],
      sql` and `,
    )
  return [
    visible(sql`entry`),
    sql`not exists (select 1 from memory_entries later
      where later.id = entry.id and later.number > entry.number and ${visible(sql`later`)})`,
  ]
}

/**
 * The filter as conditions on `memory_postings`, for reading fewer of them: they let through every posting of an entry that
 * passes the filter, and some of others, for facets are hashed.
 */
export function postingConditions(filter: MemoryFilter): SQL {
  const { workflow, kinds, rule, actor, outcome } = filter
  const conditions: SQL[] = [sql`true`]
  const bits = [
    [workflow, 255 << 8],
    [rule, 63 << 16],
    [actor, 63 << 22],
    [outcome, 7 << 28],
  ] as const
  const mask = bits.reduce((sum, [value, ones]) => (value === undefined ? sum : sum | ones), 0)
  const of = (value: string | undefined) => sql`${value ?? null}::text`
  if (mask !== 0) {
    conditions.push(
      sql`facets & ${mask}::int = memory_facets(null, ${of(workflow)}, ${of(rule)}, ${of(actor)}, ${of(outcome)})`,
    )
  }
  if (kinds !== undefined && kinds.length > 0) {
    const anyKind = kinds.map((kind) => sql`memory_facets(${kind}, null, null, null, null)`)
    conditions.push(sql`facets & (${sql.join(anyKind, sql` | `)}) <> 0`)
  }
  const attributes = Object.keys(filter.attributes ?? {})
  if (attributes.length > 0) {
    conditions.push(
      sql`segment & memory_segment(${JSON.stringify(filter.attributes)}::jsonb) = memory_segment(${JSON.stringify(filter.attributes)}::jsonb)`,
    )
  }
  if (filter.from) conditions.push(sql`day >= ${dayOf(filter.from)}::smallint`)
  if (filter.to) conditions.push(sql`day <= ${dayOf(filter.to)}::smallint`)
  return sql.join(conditions, sql` and `)
}

const MILLISECONDS_A_DAY = 86_400_000
const FIRST_DAY = Date.UTC(2000, 0, 1) / MILLISECONDS_A_DAY
/** What a smallint holds: times beyond it fall on its ends. */
const LAST_DAY = 32_767

/** Days since 2000-01-01 UTC. */
export function dayOf(at: Date): number {
  const day = Math.floor(at.getTime() / MILLISECONDS_A_DAY) - FIRST_DAY
  return Math.max(Math.min(day, LAST_DAY), -LAST_DAY)
}

/** Passed as text: the drivers differ in what they make of a Date. */
const instant = (date: Date) => sql`${date.toISOString()}::timestamptz`
