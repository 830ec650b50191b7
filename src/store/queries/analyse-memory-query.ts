import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { EXACT_WORD, identifierTermsOf, toSearchWords } from './search-words.ts'

/** A word of a question as the index knows it. */
export interface QueryTerm {
  term: string
  /** Its number in the vocabulary; 0 where it is not there. */
  word: number
  /** How often the question says it, times what a match of this kind is worth. */
  weight: number
  /** In how many indexed versions it occurs. */
  entries: number
}

/** A term of the vocabulary. */
export interface KnownTerm extends Record<string, unknown> {
  term: string
  word: number
  entries: number
}

export interface AnalysedQuery {
  terms: QueryTerm[]
  /** The question's words as they are written, without stop words: in how many indexed versions their stem occurs. */
  words: { word: string; entries: number }[]
  /** Words of the vocabulary that are spelt like a word which no entry has. */
  similar: Map<string, KnownTerm[]>
  /** Identifiers that the question names and the index knows. */
  identifiers: KnownTerm[]
  totals: { entries: number; averageLength: number }
}

/**
 * A word in the very form of the question counts this much beside its stem. Measured: nDCG@10 on CACM .502 without,
 * .52 to .53 from .2 to .5.
 */
const EXACT_WORD_WEIGHT = 0.3
const SPELLING_CANDIDATES = 1000
/** Words a question that are looked up by their spelling. */
const MOST_MISSPELT = 4

/** Looks a question's words up in the vocabulary. */
export async function analyseMemoryQuery(db: Db, question: string): Promise<AnalysedQuery> {
  const words = toSearchWords(question)
  const identifiers = identifierTermsOf(question)
  const [row] = await selectRows<{
    terms: QueryTerm[] | null
    written: AnalysedQuery['words'] | null
    known: KnownTerm[] | null
    entries: number
    words: number
  }>(
    db,
    sql`with query as materialized (
        select to_tsvector('english', ${words}::text) as stems, to_tsvector('simple', ${words}::text) as words
      ), term as (
        select lexeme as term, cardinality(positions)::float8 as weight from query, unnest(stems)
        union all
        select ${EXACT_WORD} || lexeme, cardinality(positions) * ${EXACT_WORD_WEIGHT}::float8 from query, unnest(words)
        where ts_lexize('english_stem', lexeme) <> '{}' and not tsvector_to_array(stems) @> array[lexeme]
      )
      select
        (select json_agg(json_build_object('word', lexeme, 'entries', coalesce(entries, 0)) order by lexeme)
          from query, unnest(words) left join memory_terms on term = (ts_lexize('english_stem', lexeme))[1]
          where ts_lexize('english_stem', lexeme) <> '{}') as written,
        (select json_agg(json_build_object('term', term, 'weight', weight, 'word', coalesce(number, 0),
            'entries', coalesce(entries, 0)) order by term)
          from term left join memory_terms using (term)) as terms,
        (select json_agg(json_build_object('term', term, 'word', number, 'entries', entries) order by term) from memory_terms
          where term in (select value from json_array_elements_text(${JSON.stringify(identifiers)}::json))) as known,
        coalesce((select entries from memory_totals), 0)::float8 as entries,
        coalesce((select words from memory_totals), 0)::float8 as words`,
  )
  const terms = row?.terms ?? []
  return {
    terms,
    words: row?.written ?? [],
    similar: await findSimilarTerms(
      db,
      terms.filter(mayBeMisspelt).map((term) => term.term),
    ),
    identifiers: row?.known ?? [],
    totals: { entries: row?.entries ?? 0, averageLength: row?.entries ? Math.max(row.words / row.entries, 1) : 1 },
  }
}

function mayBeMisspelt({ term, entries }: QueryTerm): boolean {
  return entries === 0 && term.length >= 4 && !term.startsWith(EXACT_WORD) && !/\d/.test(term)
}

/**
 * Words of the vocabulary that share three letters in a row (or the first two, or the last two) with one that is not in it
 * and are about as long, the commonest first.
 */
async function findSimilarTerms(db: Db, misspelt: string[]): Promise<AnalysedQuery['similar']> {
  const similar: AnalysedQuery['similar'] = new Map()
  for (const word of misspelt.slice(0, MOST_MISSPELT)) {
    const padded = ` ${word} `
    const trigrams = Array.from({ length: word.length }, (_, start) => padded.slice(start, start + 3))
    similar.set(
      word,
      await selectRows<KnownTerm>(
        db,
        sql`select term, number::float8 as word, entries::float8 as entries from memory_terms
          where trigrams && array(select json_array_elements_text(${JSON.stringify(trigrams)}::json))
            and length(term) between ${word.length - 2}::int and ${word.length + 2}::int
          order by entries desc, term limit ${SPELLING_CANDIDATES}`,
      ),
    )
  }
  return similar
}
