import type { AnalysedQuery } from '../store/queries/analyse-memory-query.ts'
import type { RankedTerm } from '../store/queries/rank-memory-entries.ts'
import { EXACT_WORD } from '../store/queries/search-words.ts'
import { correctSpelling } from './correct-spelling.ts'

/** Postings that find entries: each term, the rarest first, may take half of what is left, and at least some. */
const FINDING = { budget: 30_000, least: 1000 }
/** Postings to look at for those that pass a filter: terms share them evenly. */
const READING = 150_000
/** A corrected word counts less with each slip. */
const SLIP_DISCOUNT = 0.6

export interface WeighedTerm extends RankedTerm {
  term: string
  /** In how many indexed versions it occurs. */
  entries: number
}

export interface WeighedQuery {
  terms: WeighedTerm[]
  /** Inverse document frequency of the question's words, as they are written; stop words are left out. */
  rarity: ReadonlyMap<string, number>
  totals: { entries: number }
  averageLength: number
}

/**
 * A question's terms with their weights in BM25: how often it says them times ln(1 + (N − n + ½) / (n + ½)), which is
 * never negative (Robertson and Zaragoza 2009). Rare terms are read whole, of common ones only the top, as far as a budget
 * goes; all of them add to the score of what was found. A word in the very form of the question
 * finds nothing, for its stem does.
 */
export function weighTerms(query: AnalysedQuery): WeighedQuery {
  const inverseFrequency = (entries: number) => Math.log(1 + (query.totals.entries - entries + 0.5) / (entries + 0.5))
  const known = query.terms.flatMap((term) => {
    if (term.entries > 0) return [term]
    const corrections = correctSpelling(term.term, query.similar.get(term.term) ?? [])
    return corrections.map(({ term: meant, slips, entries, word }) => ({
      term: meant,
      word,
      entries,
      weight: (term.weight * SLIP_DISCOUNT ** slips) / corrections.length,
    }))
  })
  const byTerm = new Map<string, Omit<WeighedTerm, 'most' | 'reading'>>()
  for (const { term, word, weight, entries } of known) {
    const saidBefore = byTerm.get(term)?.weight ?? 0
    byTerm.set(term, { term, word, entries, isIdentifier: false, weight: saidBefore + weight })
  }
  for (const { term, word, entries } of query.identifiers) {
    byTerm.set(term, { term, word, entries, isIdentifier: true, weight: 0 })
  }
  const terms = [...byTerm.values()].sort((a, b) => a.entries - b.entries || (a.term < b.term ? -1 : 1))
  const finding = terms.filter(({ term }) => !term.startsWith(EXACT_WORD))
  const reading = Math.ceil(
    evenShare(
      finding.map((term) => term.entries),
      READING,
    ),
  )
  const most = new Map<string, number>()
  let left = FINDING.budget
  for (const { term, entries } of finding) {
    most.set(term, Math.max(Math.ceil(left / 2), FINDING.least))
    left -= Math.min(entries, left / 2)
  }
  const { entries, averageLength } = query.totals
  const weighed = terms.map((term) => ({
    ...term,
    weight: term.isIdentifier ? 0 : term.weight * Math.max(inverseFrequency(term.entries), 0),
    most: most.get(term.term) ?? 0,
    reading,
  }))
  const rarity = new Map(query.words.map(({ word, entries: having }) => [word, Math.max(inverseFrequency(having), 0)]))
  return { terms: weighed, rarity, totals: { entries }, averageLength }
}

/** The most that each may take where all may take `budget` together and many want less than that; `wanted` ascends. */
function evenShare(wanted: readonly number[], budget: number): number {
  let left = budget
  for (const [index, want] of wanted.entries()) {
    const share = left / (wanted.length - index)
    if (want > share) return share
    left -= want
  }
  return budget
}
