import type { DocumentUse, RunFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'

/** What was retrieved into a run and not used. */
export interface UnusedDocuments {
  /** Said to be unused. */
  count: number
  /** Of those, the ones whose length and price are known. */
  priced: number
  tokens: number
  /** Of the priced ones; null where there is none. */
  micros: MicroDollars | null
}

/**
 * What the unused documents of a run cost: their length at the price of an input token, each carried by one call only (a
 * run that carries them along pays more, which its spans do not tell), at the cheapest of the run's models and never
 * above what the run cost. `inputPrices` in micro-dollars a token.
 */
export function priceUnusedDocuments(run: RunFact, inputPrices: ReadonlyMap<string, number>): UnusedDocuments {
  const unused = run.documents.filter((document) => document.used === false)
  const price = cheapestInputPrice(run, inputPrices)
  const known = unused.filter((document) => document.tokens != null)
  const tokens = known.reduce((sum, document) => sum + document.tokens!, 0)
  if (price === null || known.length === 0) return { count: unused.length, priced: 0, tokens, micros: null }
  return { count: unused.length, priced: known.length, tokens, micros: Math.min(tokens * price, run.modelCostMicros) }
}

/** Null where a model of the run has no known price of input: it might be the cheapest. */
export function cheapestInputPrice(run: RunFact, inputPrices: ReadonlyMap<string, number>): number | null {
  const readers = run.models.filter((use) => use.inputTokens !== 0)
  const prices = readers.map((use) => inputPrices.get(use.model))
  if (prices.length === 0 || prices.includes(undefined)) return null
  return Math.min(...(prices as number[]))
}

/** What one unused document of the run cost; null where its length or price is unknown. */
export function priceDocument(document: DocumentUse, price: number | null): MicroDollars | null {
  return price === null || document.tokens == null ? null : document.tokens * price
}
