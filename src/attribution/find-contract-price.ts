import type { ContractPrice } from '../domain/contract-price.ts'
import { tierOf } from '../domain/service-tier.ts'
import type { TokenUsage } from '../domain/usage.ts'
import { undatedModel } from './model-names.ts'

/** What decides which contract price a call falls under. */
export interface ContractQuery {
  workflow: string
  model: string
  provider: string | null
  serviceTier: string | null
  at: Date
}

/**
 * The contract price that holds for a call: the most specific one of those valid at its time (its workflow, then its
 * provider, then its dated model name), then the latest to begin, then the latest recorded. A price for `gpt-4o` covers
 * its dated releases.
 */
export function findContractPrice(prices: readonly ContractPrice[], query: ContractQuery): ContractPrice | null {
  const ranked = prices
    .filter((price) => covers(price, query))
    .sort(
      (a, b) =>
        specificity(b, query) - specificity(a, query) ||
        b.validFrom.getTime() - a.validFrom.getTime() ||
        b.recordedAt.getTime() - a.recordedAt.getTime() ||
        (a.id < b.id ? 1 : -1),
    )
  return ranked[0] ?? null
}

function covers(price: ContractPrice, query: ContractQuery): boolean {
  return (
    (price.workflow === null || price.workflow === query.workflow) &&
    (price.provider === null || price.provider.toLowerCase() === query.provider?.toLowerCase()) &&
    tierOf(price.serviceTier) === tierOf(query.serviceTier) &&
    (isSameModel(price, query) || price.model.toLowerCase() === undatedModel(query.model)) &&
    price.validFrom <= query.at &&
    (price.validUntil === null || query.at < price.validUntil)
  )
}

const isSameModel = (price: ContractPrice, query: ContractQuery): boolean =>
  price.model.toLowerCase() === query.model.toLowerCase()

function specificity(price: ContractPrice, query: ContractQuery): number {
  return (price.workflow === null ? 0 : 4) + (price.provider === null ? 0 : 2) + (isSameModel(price, query) ? 1 : 0)
}

/** Real-valued dollars of a usage at a contract price; null where the price does not cover tokens that were used. */
export function priceByContract(price: ContractPrice, usage: TokenUsage): number | null {
  const cached = usage.cachedInputTokens ?? 0
  const written = usage.cacheWriteTokens ?? 0
  const reasoning = usage.reasoningTokens ?? 0
  const fresh = (usage.inputTokens ?? 0) - cached - written
  const visible = (usage.outputTokens ?? 0) - reasoning
  if (fresh < 0 || visible < 0) return null
  const parts: [number, number | null][] = [
    [fresh, price.inputPerMillion],
    [cached, price.cachedInputPerMillion ?? price.inputPerMillion],
    [written, price.cacheWritePerMillion ?? price.inputPerMillion],
    [visible, price.outputPerMillion],
    [reasoning, price.reasoningPerMillion ?? price.outputPerMillion],
  ]
  let dollars = 0
  for (const [tokens, perMillion] of parts) {
    if (tokens === 0) continue
    if (perMillion === null) return null
    dollars += (tokens * perMillion) / 1_000_000
  }
  return dollars
}
