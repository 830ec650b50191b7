import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { saturation } from './bm25.ts'
import { EXACT_WORD, toIdentifierTerm, toSearchWords } from './search-words.ts'

/** What is counted of one text. */
export interface WordCounts {
  /** Words without stop words, as BM25 measures length. */
  length: number
  /** Numbers of its terms in the vocabulary, ascending. */
  words: number[]
  /** How often it has each. */
  frequencies: number[]
}

export interface TextToIndex {
  text: string
  /** What it is found by exactly. */
  identifiers: string[]
}

/**
 * Counts the terms of texts and adds them to the vocabulary and the totals; one result a text, in order. Call it under the
 * index lock, and write what it returns in the same transaction. Terms are the stems by Postgres's own English, the words
 * whose form differs from every stem, and the identifiers.
 */
export async function countWords(tx: Db, texts: readonly TextToIndex[]): Promise<WordCounts[]> {
  const documents = texts.map(({ text, identifiers }, place) => ({
    place,
    words: toSearchWords(text),
    identifiers: [...new Set(identifiers.filter((id) => id.trim() !== '').map(toIdentifierTerm))],
  }))
  const rows = await selectRows<{ place: number; length: number; words: number[]; frequencies: number[] }>(
    tx,
    sql`with document as materialized (
        select place, identifiers, to_tsvector('english', words) as stems, to_tsvector('simple', words) as words
        from json_to_recordset(${JSON.stringify(documents)}::json) as d(place int, words text, identifiers json)
      ), stem as materialized (
        select place, lexeme as term, cardinality(positions) as frequency from document, unnest(stems)
      ), posting as materialized (
        select place, term, frequency from stem
        union all select place, ${EXACT_WORD} || lexeme, cardinality(positions) from document, unnest(words)
          where ts_lexize('english_stem', lexeme) <> '{}' and not tsvector_to_array(stems) @> array[lexeme]
        union all select place, value, 1 from document, json_array_elements_text(identifiers)
      ), size as materialized (
        select place, coalesce(sum(frequency), 0) as length from document left join stem using (place) group by place
      ), term as materialized (
        select term, count(*) as entries from posting group by term
      ), known as (
        update memory_terms set entries = memory_terms.entries + term.entries from term
        where memory_terms.term = term.term returning memory_terms.term, memory_terms.number
      ), added as (
        insert into memory_terms (term, entries, trigrams)
        select term, entries, case when term ~ '^[='']|[0-9]' then '{}'
          else array(select distinct substr('  ' || term || ' ', start, 3) from generate_series(1, length(term) + 1) start) end
        from term where not exists (select 1 from memory_terms where memory_terms.term = term.term)
        order by term returning memory_terms.term, memory_terms.number
      ), counted as (
        insert into memory_totals (name, entries, words) select 'index', count(*), sum(length) from size
        on conflict (name) do update set
          entries = memory_totals.entries + excluded.entries, words = memory_totals.words + excluded.words
      ), vocabulary as materialized (
        select term, number from known union all select term, number from added
      )
      select place::float8 as place, size.length::float8 as length,
        coalesce(json_agg(number order by number) filter (where number is not null), '[]') as words,
        coalesce(json_agg(least(frequency, 32767) order by number) filter (where number is not null), '[]') as frequencies
      from size left join (posting join vocabulary using (term)) using (place) group by place, size.length order by place`,
  )
  return rows.map(({ length, words, frequencies }) => ({ length, words, frequencies }))
}

/** Postings of entries that were just written. Call it in their transaction, after `countWords`. */
export async function insertPostings(tx: Db, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return
  const impact = saturation(sql`frequency`, sql`length`, sql`average.words`)
  await tx.execute(
    sql`insert into memory_postings (word, entry, impact, day, facets, segment)
      select word, number, round(10000 * ${impact})::smallint as impact, day, facets, segment
      from (
        select number, length, words, frequencies,
          greatest(least(floor(extract(epoch from occurred_at) / 86400) - 10957, 32767), -32767)::smallint as day,
          memory_facets(kind, workflow, rule, actor, outcome) as facets, memory_segment(attributes) as segment
        from memory_entries where number in (select value::int from json_array_elements_text(${JSON.stringify(numbers)}::json))
        offset 0
      ) entry
      cross join lateral unnest(entry.words, entry.frequencies) as posted(word, frequency)
      cross join (select greatest(words::float8 / greatest(entries, 1), 1) as words from memory_totals) average
      order by word, impact, number`,
  )
}
