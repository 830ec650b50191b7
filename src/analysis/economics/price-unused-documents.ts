import type { DocumentUse, RunFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'

/** What was retrieved into a run and not used. */
export interface UnusedDocuments {
  /** Said to be unused. */
  count: number
  /** Of those, the ones whose length and price are known. */
  priced: number
  tokens: number
  /** Micro-dollars of an input token; null where it or every length is not known. */
  price: number | null
  /** Of the priced ones; null where there is none. */
  micros: MicroDollars | null
}

/**
 * What the unused documents of a run cost: their length at the price of an input token, each carried by one call only (a
 * run that carries them along pays more, which its spans do not tell), at the cheapest of the run's models and never
 * above what the run cost. `inputPrices` in micro-dollars a token.
 */
export function priceUnusedDocuments(
  run: RunFact,
  inputPrices: ReadonlyMap<string, number>,
  documents: readonly DocumentUse[] = run.documents,
): UnusedDocuments {
  let [count, known, tokens] = [0, 0, 0]
  for (const document of documents) {
    if (document.used !== false) continue
    count++
    if (document.tokens == null) continue
    known++
    tokens += document.tokens
  }
  const price = known === 0 ? null : cheapestInputPrice(run, inputPrices)
  if (price === null) return { count, priced: 0, tokens, price, micros: null }
  return { count, priced: known, tokens, price, micros: Math.min(tokens * price, run.modelCostMicros) }
}

/** Null where a model of the run has no known price of input: it might be the cheapest. */
export function cheapestInputPrice(run: RunFact, inputPrices: ReadonlyMap<string, number>): number | null {
  let cheapest: number | null = null
  for (const use of run.models) {
    if (use.inputTokens === 0) continue
    const price = inputPrices.get(use.model)
    if (price === undefined) return null
    if (cheapest === null || price < cheapest) cheapest = price
  }
  return cheapest
}

/** What one unused document of the run cost; null where its length or price is unknown. */
export function priceDocument(document: DocumentUse, price: number | null): MicroDollars | null {
  return price === null || document.tokens == null ? null : document.tokens * price
}
