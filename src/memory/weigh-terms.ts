import type { AnalysedQuery } from '../store/queries/analyse-memory-query.ts'
import type { RankedTerm } from '../store/queries/rank-memory-entries.ts'
import { correctSpelling } from './correct-spelling.ts'

/** Postings that a search reads, the rarest terms' first. */
const MOST_POSTINGS = 30_000
/** Of each term beyond that it reads the top: entries where it weighs most. */
const TOP_POSTINGS = 1000
/** A corrected word counts less with each slip. */
const SLIP_DISCOUNT = 0.6

export interface WeighedTerm extends RankedTerm {
  term: string
  /** In how many indexed versions it occurs. */
  entries: number
}

export interface WeighedQuery {
  terms: WeighedTerm[]
  totals: { entries: number }
  averageLength: number
}

/**
 * A question's terms with their weights in BM25: how often it says them times ln(1 + (N − n + ½) / (n + ½)), which is
 * never negative (Robertson and Zaragoza 2009). The rarest are read whole; of the commonest, which would find almost
 * everything, only the top finds entries, and all of them add to the score of what was found.
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
  const byTerm = new Map<string, Omit<WeighedTerm, 'most'>>()
  for (const { term, word, weight, entries } of known) {
    const saidBefore = byTerm.get(term)?.weight ?? 0
    byTerm.set(term, { term, word, entries, isIdentifier: false, weight: saidBefore + weight })
  }
  for (const { term, word, entries } of query.identifiers) {
    byTerm.set(term, { term, word, entries, isIdentifier: true, weight: 0 })
  }
  const { entries, averageLength } = query.totals
  const weighed: WeighedTerm[] = []
  let left = MOST_POSTINGS
  for (const term of [...byTerm.values()].sort((a, b) => a.entries - b.entries || (a.term < b.term ? -1 : 1))) {
    const weight = term.isIdentifier ? 0 : term.weight * Math.max(inverseFrequency(term.entries), 0)
    const most = Math.max(left, TOP_POSTINGS)
    weighed.push({ ...term, weight, most })
    left = Math.max(left - term.entries, 0)
  }
  return { terms: weighed, totals: { entries }, averageLength }
}
