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

/** Best entries by the postings whose filter is checked: more where the postings know only a part of the filter. */
const SHORTLIST = { filtered: 300, beyondPostings: 1000, everything: 1_000_000 }
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
  const shortlist = Math.max(hasStandpoint ? SHORTLIST.beyondPostings : SHORTLIST.filtered, limit)
  const first = await rankFoundEntries(db, { ...request, shortlist })
  if (first.entries.length >= limit) return first.entries
  const all =
    first.listed < shortlist ? first : await rankFoundEntries(db, { ...request, shortlist: SHORTLIST.everything })
  // Of a term that was not read to its end there may be more.
  const wasCut = query.terms.some(
    ({ entries, most, reading }) => most > 0 && (entries > reading || (entries > most && all.listed >= most)),
  )
  if (all.entries.length >= limit || !wasCut) return all.entries
  const whole = terms.map((term) => ({ ...term, reading: term.entries, most: term.most > 0 ? term.entries : 0 }))
  if (isFilterCheaper({ ...query, terms: whole }, passing ?? query.totals.entries))
    return rankPassingEntries(db, request)
  return (await rankFoundEntries(db, { ...request, terms: whole, shortlist: SHORTLIST.everything })).entries
}

/** Whether scoring the entries that pass costs less than reading the postings that find some. */
function isFilterCheaper({ terms, totals }: WeighedQuery, passing: number): boolean {
  const share = Math.min(passing / Math.max(totals.entries, 1), 1)
  const postings = terms.reduce(
    (sum, { entries, most, reading }) => sum + Math.min(entries, reading, most / Math.max(share, 1e-6)),
    0,
  )
  const byFilter = passing * (COST.entry + COST.term * terms.length)
  const byWords = postings * COST.posting + SHORTLIST.filtered * (COST.entry + COST.term * terms.length)
  return byFilter < byWords
}
