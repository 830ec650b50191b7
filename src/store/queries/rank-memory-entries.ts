import { type SQL, sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { GREATEST_GAIN, saturation } from './bm25.ts'
import { conditionsOf, estimableConditions, type MemoryFilter, postingConditions } from './memory-filter.ts'

/** A term of a question. */
export interface RankedTerm {
  /** Its number in the vocabulary. */
  word: number
  /** Its weight in the question times its inverse document frequency; 0 for an identifier. */
  weight: number
  /** An identifier: an entry that has one comes before all that have none. */
  isIdentifier: boolean
  /** Postings that find entries, the weightiest first; with 0 it finds none and only adds to the score of what others found. */
  most: number
  /** Postings to look at for those that pass the filter. */
  reading: number
}

export interface RankRequest {
  terms: readonly RankedTerm[]
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

/**
 * While entries are found, gains are whole numbers, which a database sums twice as fast: all words together gain less than
 * what one identifier does.
 */
const GAIN = { words: 90_000, identifier: 1_000_000_000 }

/**
 * Words first: entries that the postings find, the best `shortlist` of them checked against the filter, and of those
 * that pass the best `refined` scored by every term. `listed` is how many the shortlist holds. Laterals with `offset 0` make the planner look single rows up by
 * key: it would read whole tables to join them.
 */
export async function rankFoundEntries(
  db: Db,
  request: RankRequest & { shortlist: number; refined: number },
): Promise<{ listed: number; entries: RankedEntry[] }> {
  const { averageLength, filter, limit, shortlist, refined } = request
  const rows = await selectRows<{ [Member in keyof RankedEntry]: number | null } & { listed: number }>(
    db,
    sql`with ${queryOf(request.terms)}, shortlist as materialized (
        select posting.entry, sum(query.rate * posting.impact + query.bonus) as gain
        from query cross join lateral (
          select entry, impact from (
            select * from memory_postings where word = query.word order by impact desc limit query.reading
          ) looked_at
          where ${postingConditions(filter)} limit query.most
        ) posting
        where query.most > 0
        group by posting.entry order by gain desc, posting.entry desc limit ${shortlist}
      ), passing as (
        select entry.number, entry.occurred_at, entry.id, entry.length, entry.words, entry.frequencies
        from shortlist cross join lateral (select * from memory_entries where number = shortlist.entry offset 0) entry
        where ${conditionsOf(filter)}
        order by shortlist.gain desc, shortlist.entry desc
        limit ${refined}
      ), ranked as (
        select passing.number::float8 as number, scored.score::float8 as score, scored.exact::float8 as exact,
          row_number() over (
            order by scored.exact desc, round(scored.score::numeric, 6) desc, passing.occurred_at desc, passing.id) as place
        from passing cross join lateral (${scoreOf(sql`passing`, averageLength)}) scored
      )
      select number, score, exact, size.listed::float8 as listed
      from (select count(*) as listed from shortlist) size left join ranked on place <= ${limit} order by place`,
  )
  const entries = rows.flatMap(({ number, score, exact }) =>
    number === null ? [] : [{ number, score: score ?? 0, exact: exact ?? 0 }],
  )
  return { listed: rows[0]?.listed ?? 0, entries }
}

/** Filter first: every entry that passes the filter, scored by every term. */
export async function rankPassingEntries(db: Db, request: RankRequest): Promise<RankedEntry[]> {
  return selectRows<RankedEntry & Record<string, unknown>>(
    db,
    sql`with ${queryOf(request.terms)}
      select entry.number::float8 as number, scored.score::float8 as score, scored.exact::float8 as exact
      from memory_entries entry cross join lateral (${scoreOf(sql`entry`, request.averageLength)}) scored
      where ${conditionsOf(request.filter)} and (scored.score > 0 or scored.exact > 0)
      order by scored.exact desc, round(scored.score::numeric, 6) desc, entry.occurred_at desc, entry.id
      limit ${request.limit}`,
  )
}

/**
 * About how many versions pass the filter, as the database's own statistics have it: attributes and standpoint apart, of
 * which it keeps none. Null where nothing else limits them.
 */
export async function estimatePassing(db: Db, filter: MemoryFilter): Promise<number | null> {
  const conditions = estimableConditions(filter)
  if (conditions === null) return null
  const [row] = await selectRows<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    db,
    sql`explain (format json) select from memory_entries entry where ${conditions}`,
  )
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? null
}

/** As VALUES, so that the planner knows how few they are: with a guess of a hundred it would compile the query first (JIT). */
function queryOf(terms: readonly RankedTerm[]): SQL {
  const sum = terms.reduce((total, { weight }) => total + weight, 0) || 1
  const rows = terms.map(({ word, weight, isIdentifier, most, reading }) => {
    const rate = Math.round((weight / sum) * GAIN.words)
    const bonus = isIdentifier ? GAIN.identifier : 0
    return sql`(${word}::int, ${weight * GREATEST_GAIN}::float8, ${isIdentifier ? 1 : 0}::int, ${rate}::int, ${bonus}::int, ${most}::int, ${reading}::int)`
  })
  return sql`query(word, weight, exact, rate, bonus, most, reading) as materialized (values ${sql.join(rows, sql`, `)})`
}

/** What all terms bring the entry `row`. Its words ascend, so each is found by bisection. */
function scoreOf(row: SQL, averageLength: number): SQL {
  const gain = saturation(sql`${row}.frequencies[place]`, sql`${row}.length`, sql`${averageLength}::float8`)
  return sql`select coalesce(sum(query.weight * ${gain}), 0) as score, coalesce(sum(query.exact), 0) as exact
    from query cross join lateral (select width_bucket(query.word, ${row}.words) as place offset 0) located
    where ${row}.words[place] = query.word`
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
