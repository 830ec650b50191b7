import { detailOf } from '../../attribution/item-days/day-reading.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { RunView } from '../../attribution/item-days/run-view.ts'
import type { ModelUse, RunFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'

/** What was retrieved into a run and not used. */
export interface UnusedDocuments {
  /** Retrieved, and those of them of which it was told whether they were used. */
  documents: number
  told: number
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
export function priceUnusedDocuments(run: RunFact, inputPrices: ReadonlyMap<string, number>): UnusedDocuments {
  const { told, count, known, tokens, documents } = countDocuments(run)
  const price = known === 0 ? null : cheapestInputPrice(run, inputPrices)
  if (price === null) return { documents, told, count, priced: 0, tokens, price, micros: null }
  return { documents, told, count, priced: known, tokens, price, micros: Math.min(tokens * price, run.modelCostMicros) }
}

/** `known`: unused documents whose length is known; `tokens`: theirs. */
function countDocuments(run: RunFact) {
  const sums = { documents: 0, told: 0, count: 0, known: 0, tokens: 0 }
  eachDocument(run, (used, tokens) => {
    sums.documents++
    if (used !== null) sums.told++
    if (used !== false) return
    sums.count++
    if (tokens === null) return
    sums.known++
    sums.tokens += tokens
  })
  return sums
}

/** Of a run from a packed day no object is made of any. */
export function eachDocument(
  run: RunFact,
  visit: (used: boolean | null, tokens: number | null, id: string) => void,
): void {
  if (!(run instanceof RunView)) {
    for (const { used, tokens, id } of run.documents) visit(used, tokens ?? null, id)
    return
  }
  const { run: starts, used, tokens, id, ids } = detailOf(run.reading, 'documents').columns
  for (let index = starts[run.run]!; index < starts[run.run + 1]!; index++) {
    const told = nullableAt(used, index)
    visit(told === null ? null : told === 1, nullableAt(tokens, index), ids[id[index]! - 1]!)
  }
}

/** Null where a model of the run has no known price of input: it might be the cheapest. */
export function cheapestInputPrice(run: RunFact, inputPrices: ReadonlyMap<string, number>): number | null {
  if (!(run instanceof RunView)) return cheapestOf(run.models, inputPrices)
  const { runUse, useModel, useInput, models } = run.reading.figures
  let cheapest: number | null = null
  for (let use = runUse[run.run]!; use < runUse[run.run + 1]!; use++) {
    if (nullableAt(useInput, use) === 0) continue
    const price = inputPrices.get(models[useModel[use]! - 1]!)
    if (price === undefined) return null
    if (cheapest === null || price < cheapest) cheapest = price
  }
  return cheapest
}

function cheapestOf(uses: readonly ModelUse[], inputPrices: ReadonlyMap<string, number>): number | null {
  let cheapest: number | null = null
  for (const use of uses) {
    if (use.inputTokens === 0) continue
    const price = inputPrices.get(use.model)
    if (price === undefined) return null
    if (cheapest === null || price < cheapest) cheapest = price
  }
  return cheapest
}

/** What one unused document of the run cost; null where its length or price is unknown. */
export function priceDocument(tokens: number | null, price: number | null): MicroDollars | null {
  return price === null || tokens === null ? null : tokens * price
}
