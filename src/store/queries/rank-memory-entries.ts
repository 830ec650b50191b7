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
/** Best entries by the index alone whose filter is checked; where there is no filter to speak of, fewer will do. */
const SHORTLIST = { filtered: 2000, unfiltered: 300 }
/** Best of those to which common terms are added: beyond it nothing can reach the first places. */
const REFINED = 150

/**
 * BM25 over the postings, identifiers first. Scores come from the index alone; the best are then read, filtered and
 * refined. Where a narrow filter leaves too few of them, its entries are scored instead, by every term.
 */
export async function rankMemoryEntries(db: Db, request: RankRequest): Promise<RankedEntry[]> {
  if (request.finding.length === 0 && request.identifiers.length === 0) return []
  const { workItemId, rule, actor } = request.filter
  if (workItemId === undefined && rule === undefined && actor === undefined) {
    const shortlist = isFiltered(request.filter) ? SHORTLIST.filtered : Math.max(SHORTLIST.unfiltered, request.limit)
    const ranked = await rankShortlist(db, request, shortlist)
    const [first] = ranked
    const wasCut = first ? first.candidates >= shortlist : isFiltered(request.filter)
    if (ranked.length >= request.limit || !wasCut) return ranked
  }
  return rankFiltered(db, request)
}

function isFiltered(filter: MemoryFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined)
}

/** Laterals with `offset 0` make the planner look single rows up by key: it would read whole tables to join them. */
async function rankShortlist(
  db: Db,
  request: RankRequest,
  shortlist: number,
): Promise<(RankedEntry & { candidates: number })[]> {
  const { adding, averageLength } = request
  return selectRows<RankedEntry & { candidates: number } & Record<string, unknown>>(
    db,
    sql`with ${queryOf(request.finding, request.identifiers)}, shortlist as materialized (
        select posting.entry, sum(${gain(averageLength)}) as score, sum(query.exact) as exact
        from query join memory_postings posting on posting.term = query.term
        group by posting.entry order by exact desc, score desc, posting.entry desc limit ${shortlist}
      ), passing as materialized (
        select entry.number, entry.occurred_at, entry.id, shortlist.score, shortlist.exact
        from shortlist cross join lateral (select * from memory_entries where number = shortlist.entry offset 0) entry
        where ${conditionsOf(request.filter)}
        order by shortlist.exact desc, shortlist.score desc, entry.occurred_at desc, entry.id
        limit ${Math.max(REFINED, request.limit)}
      ), refined as materialized (
        select passing.number, sum(${gain(averageLength)}) as score
        from passing
        cross join (${rowsOf(adding.map((term) => ({ ...term, exact: 0 })))}) as query(term, weight, exact)
        cross join lateral (
          select * from memory_postings where term = query.term and entry = passing.number offset 0) posting
        group by passing.number
      )
      select passing.number::float8 as number, (passing.score + coalesce(refined.score, 0))::float8 as score,
        passing.exact::float8 as exact, (select count(*) from shortlist)::float8 as candidates
      from passing left join refined using (number)
      order by passing.exact desc, round((passing.score + coalesce(refined.score, 0))::numeric, 6) desc,
        passing.occurred_at desc, passing.id
      limit ${request.limit}`,
  )
}

async function rankFiltered(db: Db, request: RankRequest): Promise<RankedEntry[]> {
  return selectRows<RankedEntry & Record<string, unknown>>(
    db,
    sql`with ${queryOf([...request.finding, ...request.adding], request.identifiers)}, allowed as materialized (
        select number from memory_entries entry where ${conditionsOf(request.filter)}
      ), ranked as (
        select posting.entry, sum(${gain(request.averageLength)}) as score, sum(query.exact) as exact
        from allowed cross join query
        join memory_postings posting on posting.term = query.term and posting.entry = allowed.number
        group by posting.entry
      )
      select entry.number::float8 as number, ranked.score::float8 as score, ranked.exact::float8 as exact
      from ranked join memory_entries entry on entry.number = ranked.entry
      order by ranked.exact desc, round(ranked.score::numeric, 6) desc, entry.occurred_at desc, entry.id
      limit ${request.limit}`,
  )
}

function queryOf(terms: readonly WeightedTerm[], identifiers: readonly string[]): SQL {
  const weighed = [
    ...terms.map((term) => ({ ...term, exact: 0 })),
    ...identifiers.map((term) => ({ term, weight: 0, exact: 1 })),
  ]
  return sql`query(term, weight, exact) as materialized (${rowsOf(weighed)})`
}

/** As VALUES, so that the planner knows how few they are: with a guess of a hundred it would compile the query first (JIT). */
function rowsOf(terms: readonly (WeightedTerm & { exact: number })[]): SQL {
  if (terms.length === 0) return sql`select null::text, 0::float8, 0 where false`
  const rows = terms.map(({ term, weight, exact }) => sql`(${term}::text, ${weight}::float8, ${exact}::int)`)
  return sql`values ${sql.join(rows, sql`, `)}`
}

/** What one term adds to the score of one entry. */
function gain(averageLength: number): SQL {
  return sql`query.weight * posting.frequency * ${K1 + 1}::float8
    / (posting.frequency + ${K1}::float8 * (${1 - B}::float8 + ${B}::float8 * posting.length / ${averageLength}::float8))`
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
