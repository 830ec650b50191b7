import type { ContractPrice } from '../domain/contract-price.ts'
import { MICROS_PER_DOLLAR } from '../domain/money.ts'
import type { TokenUsage } from '../domain/usage.ts'
import type { CountedCall } from './counted-call.ts'
import { findContractPrice, priceByContract } from './find-contract-price.ts'
import { priceFromCatalogue } from './price-from-catalogue.ts'

/** Traces that somebody wrote for Docket itself, where every field is a statement. */
const NATIVE_DIALECTS: readonly string[] = ['docket', 'native']

/** No call costs more; a greater figure is garbage, and would burst every sum that it entered. */
const MAX_CALL_DOLLARS = 1_000_000

/** Agreed prices; everything else comes from the emitter or the public catalogue. */
export interface PriceBook {
  contractPrices: readonly ContractPrice[]
}

export interface CallPrice {
  /** Real-valued: rounded once, over the whole run. */
  micros: number
  source: 'contract' | 'emitter' | 'catalogue'
}

/**
 * The price of one counted call: the contract price, else the cost that the emitter reported, else the catalogue's price
 * at the call's time. Null is unknown, never 0.
 */
export function priceCall(call: CountedCall, workflow: string, prices: PriceBook): CallPrice | null {
  const { model, provider, serviceTier } = call
  const usage = isPriceable(call) ? call.usage : null
  const at = call.span.startedAt
  if (usage && model) {
    const contract = findContractPrice(prices.contractPrices, { workflow, model, provider, serviceTier, at })
    const dollars = contract && priceByContract(contract, usage)
    if (dollars !== null) return { micros: dollars * MICROS_PER_DOLLAR, source: 'contract' }
  }
  if (isStatedCost(call)) return { micros: call.costUsd! * MICROS_PER_DOLLAR, source: 'emitter' }
  if (usage && model) {
    const dollars = priceFromCatalogue({ model, provider, serviceTier, at, usage })
    if (dollars !== null) return { micros: dollars * MICROS_PER_DOLLAR, source: 'catalogue' }
  }
  return null
}

/** Whether every token count that the price depends on is known: embeddings and rerankers have no output. */
function isPriceable(call: CountedCall): boolean {
  const usage: TokenUsage | null = call.usage
  if (usage?.inputTokens == null) return false
  return usage.outputTokens != null || call.span.kind === 'embedding' || call.span.kind === 'rerank'
}

/**
 * A reported cost of 0 beside tokens is what instrumentations write for models whose price they do not know, so it counts
 * as a statement only in a native trace, where nobody but the sender wrote it.
 */
function isStatedCost({ costUsd, usage, span }: CountedCall): boolean {
  if (costUsd === null || !(costUsd >= 0 && costUsd <= MAX_CALL_DOLLARS)) return false
  const tokens = (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0)
  return costUsd > 0 || tokens === 0 || NATIVE_DIALECTS.includes(span.dialect)
}
