import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
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
  const unused = noDocuments()
  let known = 0
  for (const { used, tokens } of run.documents) known += countDocument(unused, used, tokens ?? null)
  const price = known === 0 ? null : cheapestOf(run.models, inputPrices)
  return priceKnown(unused, known, price, run.modelCostMicros)
}

/**
 * The same of the runs of one packed day, of which each price is looked up once. What is told of a run is good until the next
 * one is asked for.
 */
export function createDayPricer(reading: DayReading, inputPrices: ReadonlyMap<string, number>) {
  const { figures } = reading
  const { run: starts, used, tokens } = detailOf(reading, 'documents').columns
  const { runUse, useModel, useInput, runModelCost } = figures
  const prices = figures.models.map((model) => inputPrices.get(model))
  /** Null where a model of the run has no known price of input: it might be the cheapest. */
  const cheapest = (run: number): number | null => {
    let least: number | null = null
    for (let use = runUse[run]!; use < runUse[run + 1]!; use++) {
      if (nullableAt(useInput, use) === 0) continue
      const price = prices[useModel[use]! - 1]
      if (price === undefined) return null
      if (least === null || price < least) least = price
    }
    return least
  }
  const unused = noDocuments()
  return (run: number): UnusedDocuments => {
    forget(unused)
    let known = 0
    for (let index = starts[run]!; index < starts[run + 1]!; index++) {
      const told = nullableAt(used, index)
      known += countDocument(unused, told === null ? null : told === 1, nullableAt(tokens, index))
    }
    return priceKnown(unused, known, known === 0 ? null : cheapest(run), runModelCost[run]!)
  }
}

export function noDocuments(): UnusedDocuments {
  return { documents: 0, told: 0, count: 0, priced: 0, tokens: 0, price: null, micros: null }
}

function forget(unused: UnusedDocuments): void {
  unused.documents = 0
  unused.told = 0
  unused.count = 0
  unused.priced = 0
  unused.tokens = 0
  unused.price = null
  unused.micros = null
}

/** Returns 1 where it is an unused one of known length. */
function countDocument(sums: UnusedDocuments, used: boolean | null, tokens: number | null): number {
  sums.documents++
  if (used !== null) sums.told++
  if (used !== false) return 0
  sums.count++
  if (tokens === null) return 0
  sums.tokens += tokens
  return 1
}

function priceKnown(
  unused: UnusedDocuments,
  known: number,
  price: number | null,
  costMicros: MicroDollars,
): UnusedDocuments {
  if (price === null) return unused
  unused.priced = known
  unused.price = price
  unused.micros = Math.min(unused.tokens * price, costMicros)
  return unused
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
