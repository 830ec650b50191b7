import { type SQL, sql } from 'drizzle-orm'
import type { MemoryKind } from '../../domain/memory-entry.ts'
import { type Db, selectRows } from '../client.ts'

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

/** A term of a question with what it weighs: its weight in the question times its inverse document frequency. */
export interface WeightedTerm {
  term: string
  weight: number
}

export interface RankRequest {
  /** Terms that find entries. */
  finding: WeightedTerm[]
  /** Terms so common that they only add to the score of entries that others found. */
  adding: WeightedTerm[]
  /** Terms of identifiers: an entry that has one comes before all that have none. */
  identifiers: string[]
  averageLength: number
  filter: MemoryFilter
  limit: number
}

export interface RankedEntry {
  number: number
  /** BM25. */
  score: number
  /** How many of the identifiers it has. */
  exact: number
}

/** Textbook values (Robertson and Zaragoza 2009); CACM would like k1 1.5 to 2 a little better (.53 against .52). */
const K1 = 1.2
const B = 0.75
/** Entries that common terms are added to. Beyond it nothing can reach the first hundred places. */
const REFINED = 1000

/**
 * BM25 over the postings, identifiers first. The terms that find are looked up in the index alone; entries are read only
 * where a filter asks for them.
 */
export async function rankMemoryEntries(db: Db, request: RankRequest): Promise<RankedEntry[]> {
  const { finding, adding, identifiers, limit } = request
  if (finding.length === 0 && identifiers.length === 0) return []
  const length = request.averageLength
  const part = sql`query.weight * posting.frequency * ${K1 + 1}::float8
    / (posting.frequency + ${K1}::float8 * (${1 - B}::float8 + ${B}::float8 * posting.length / ${length}::float8))`
  const terms = [
    ...finding.map((term) => ({ ...term, exact: 0 })),
    ...identifiers.map((term) => ({ term, weight: 0, exact: 1 })),
  ]
  return selectRows<RankedEntry & Record<string, unknown>>(
    db,
    sql`with query as materialized (
        select term, weight, exact from json_to_recordset(${JSON.stringify(terms)}::json) as q(term text, weight float8, exact int)
      ), scored as materialized (
        select posting.entry, sum(${part}) as score, sum(query.exact) as exact
        from query join memory_postings posting on posting.term = query.term
        group by posting.entry
      ), found as materialized (
        select scored.* from scored join memory_entries entry on entry.number = scored.entry
        where ${conditionsOf(request.filter)}
        order by scored.exact desc, scored.score desc, entry.occurred_at desc, entry.id limit ${REFINED}
      ), refined as (
        select posting.entry, sum(${part}) as score
        from found
        cross join json_to_recordset(${JSON.stringify(adding)}::json) as query(term text, weight float8)
        join memory_postings posting on posting.term = query.term and posting.entry = found.entry
        group by posting.entry
      )
      select entry.number::float8 as number, (found.score + coalesce(refined.score, 0))::float8 as score,
        found.exact::float8 as exact
      from found join memory_entries entry on entry.number = found.entry
      left join refined on refined.entry = found.entry
      order by found.exact desc, round((found.score + coalesce(refined.score, 0))::numeric, 6) desc,
        entry.occurred_at desc, entry.id
      limit ${limit}`,
  )
}

/** The newest entries that pass the filter, for a search without words. */
export async function listNewestEntries(db: Db, filter: MemoryFilter, limit: number): Promise<number[]> {
  const rows = await selectRows<{ number: number }>(
    db,
    sql`select entry.number::float8 as number from memory_entries entry where ${conditionsOf(filter)}
      order by entry.occurred_at desc, entry.id limit ${limit}`,
  )
  return rows.map((row) => row.number)
}

/** The filter as conditions on `entry`. Instants are passed as text: the drivers differ in what they make of a Date. */
export function conditionsOf(filter: MemoryFilter): SQL {
  const { asOf, knownAt } = filter
  const instant = (date: Date) => sql`${date.toISOString()}::timestamptz`
  const conditions = [sql`entry.superseded_by is null`]
  const add = (condition: SQL) => conditions.push(condition)
  if (filter.workflow !== undefined) add(sql`entry.workflow = ${filter.workflow}`)
  if (filter.kinds !== undefined) {
    add(sql`entry.kind in (select json_array_elements_text(${JSON.stringify(filter.kinds)}::json))`)
  }
  if (filter.from) add(sql`entry.occurred_at >= ${instant(filter.from)}`)
  if (filter.to) add(sql`entry.occurred_at < ${instant(filter.to)}`)
  if (filter.workItemId !== undefined) add(sql`entry.work_item_id = ${filter.workItemId}`)
  if (filter.actor !== undefined) add(sql`lower(entry.actor) = lower(${filter.actor})`)
  if (filter.rule !== undefined) add(sql`lower(entry.rule) = lower(${filter.rule})`)
  if (filter.outcome !== undefined) add(sql`entry.outcome = ${filter.outcome}`)
  for (const [name, value] of Object.entries(filter.attributes ?? {})) {
    add(sql`lower(entry.attributes ->> ${name}) = lower(${value})`)
  }
  if (!asOf && !knownAt) add(sql`entry.known_until is null`)
  else {
    const visible = (alias: SQL) =>
      sql.join(
        [
          ...(asOf ? [sql`${alias}.latest_at <= ${instant(asOf)}`] : []),
          ...(knownAt ? [sql`${alias}.recorded_at <= ${instant(knownAt)}`] : []),
        ],
        sql` and `,
      )
    add(visible(sql`entry`))
    add(sql`not exists (select 1 from memory_entries later
      where later.id = entry.id and later.number > entry.number and ${visible(sql`later`)})`)
  }
  return sql.join(conditions, sql` and `)
}
