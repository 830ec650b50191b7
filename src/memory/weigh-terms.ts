import type { AnalysedQuery } from '../store/queries/analyse-memory-query.ts'
import type { WeightedTerm } from '../store/queries/rank-memory-entries.ts'
import { correctSpelling } from './correct-spelling.ts'

/** Postings that a search reads to find entries. Terms beyond it only add to the score of what others found. */
const MOST_POSTINGS = 30_000
/** A corrected word counts less with each slip. */
const SLIP_DISCOUNT = 0.6

export interface WeighedQuery {
  finding: WeightedTerm[]
  adding: WeightedTerm[]
}

/**
 * A question's terms with their weights in BM25: how often it says them times ln(1 + (N − n + ½) / (n + ½)), which is
 * never negative (Robertson and Zaragoza 2009). The rarest terms find entries; the commonest, which would find almost
 * all of them, only add to the score.
 */
export function weighTerms(query: AnalysedQuery): WeighedQuery {
  const inverseFrequency = (entries: number) => Math.log(1 + (query.totals.entries - entries + 0.5) / (entries + 0.5))
  const known = query.terms.flatMap((term) => {
    if (term.entries > 0) return [term]
    const corrections = correctSpelling(term.term, query.similar.get(term.term) ?? [])
    return corrections.map(({ term: meant, slips, entries }) => ({
      term: meant,
      entries,
      weight: (term.weight * SLIP_DISCOUNT ** slips) / corrections.length,
    }))
  })
  const byTerm = new Map<string, { weight: number; entries: number }>()
  for (const { term, weight, entries } of known) {
    byTerm.set(term, { entries, weight: (byTerm.get(term)?.weight ?? 0) + weight })
  }
  const weighed: WeighedQuery = { finding: [], adding: [] }
  let postings = 0
  for (const [term, { weight, entries }] of [...byTerm].sort(([, a], [, b]) => a.entries - b.entries)) {
    postings += entries
    const finds = postings <= MOST_POSTINGS || weighed.finding.length === 0
    const target = finds ? weighed.finding : weighed.adding
    target.push({ term, weight: weight * Math.max(inverseFrequency(entries), 0) })
  }
  return weighed
}
