import type { Db } from '../store/client.ts'
import type { MemoryFilter } from '../store/queries/memory-filter.ts'
import {
  estimatePassing,
  type RankedEntry,
  type RankRequest,
  rankFoundEntries,
  rankPassingEntries,
} from '../store/queries/rank-memory-entries.ts'
import type { WeighedQuery } from './weigh-terms.ts'

/**
 * Best entries by the postings whose filter is checked and which are scored by every term, in a memory of so many entries: the
 * more there are, the more of them the postings rank alike (of a million with 300, the first ten were those of a full scoring
 * in 14 of 20 questions, with 1,300 in 18). More where the postings know only a part of the filter.
 */
const SHORTLIST = { best: 300, ofEntries: 50_000, beyondPostings: 1000, everything: 1_000_000 }
/** Microseconds, on a laptop: to read a posting, to read an entry, to look one term up in it. Only their ratios matter. */
const COST = { posting: 0.1, entry: 1, term: 0.1 }

/**
 * BM25 over the postings, identifiers first. Where the filter leaves so few entries that scoring all of them is cheaper
 * than reading postings, it scores them; else the tops of the postings find, and where too little of what they find passes,
 * it looks further, in the end at everything.
 */
export async function rankEntries(
  db: Db,
  query: WeighedQuery,
  filter: MemoryFilter,
  limit: number,
): Promise<RankedEntry[]> {
  const { terms, averageLength } = query
  if (terms.length === 0) return []
  const request: RankRequest = { terms, averageLength, filter, limit }
  const passing = await estimatePassing(db, filter)
  if (passing !== null && isFilterCheaper(query, passing)) return rankPassingEntries(db, request)
  const hasStandpoint = filter.asOf !== undefined || filter.knownAt !== undefined
  const refined = Math.max(bestOf(query), limit)
  const shortlist = hasStandpoint ? Math.max(SHORTLIST.beyondPostings, refined) : refined
  const first = await rankFoundEntries(db, { ...request, refined, shortlist })
  if (first.entries.length >= limit) return first.entries
  const all =
    first.listed < shortlist
      ? first
      : await rankFoundEntries(db, { ...request, refined, shortlist: SHORTLIST.everything })
  // Of a term that was not read to its end there may be more.
  const wasCut = query.terms.some(
    ({ entries, most, reading }) => most > 0 && (entries > reading || (entries > most && all.listed >= most)),
  )
  if (all.entries.length >= limit || !wasCut) return all.entries
  const whole = terms.map((term) => ({ ...term, reading: term.entries, most: term.most > 0 ? term.entries : 0 }))
  if (isFilterCheaper({ ...query, terms: whole }, passing ?? query.totals.entries))
    return rankPassingEntries(db, request)
  return (await rankFoundEntries(db, { ...request, terms: whole, refined, shortlist: SHORTLIST.everything })).entries
}

/** Grows with the root of the memory's size. */
function bestOf({ totals }: WeighedQuery): number {
  return Math.round(SHORTLIST.best * Math.sqrt(Math.max(totals.entries / SHORTLIST.ofEntries, 1)))
}

/** Whether scoring the entries that pass costs less than reading the postings that find some. */
function isFilterCheaper(query: WeighedQuery, passing: number): boolean {
  const { terms, totals } = query
  const share = Math.min(passing / Math.max(totals.entries, 1), 1)
  const postings = terms.reduce(
    (sum, { entries, most, reading }) => sum + Math.min(entries, reading, most / Math.max(share, 1e-6)),
    0,
  )
  const byFilter = passing * (COST.entry + COST.term * terms.length)
  const byWords = postings * COST.posting + bestOf(query) * (COST.entry + COST.term * terms.length)
  return byFilter < byWords
}
