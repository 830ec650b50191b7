import type { ModelUse } from '../../domain/facts.ts'
import type { ModelUsage } from '../why/drivers.ts'

export type WritableUsage = { -readonly [Name in keyof ModelUsage]: ModelUsage[Name] }

/** Adds what a model did in a run to what it did in the item; returns the tokens. */
export function addUse(models: WritableUsage[], use: ModelUse): number {
  const all = (use.inputTokens ?? 0) + (use.outputTokens ?? 0)
  return addUsage(models, use.model, pricedTokens(all, use.calls, use.unpricedCalls), use.costMicros)
}

/** Tokens of the calls whose price is known: those of unknown price have tokens but no dollars. */
export function pricedTokens(all: number, calls: number, unpricedCalls: number): number {
  return unpricedCalls === 0 ? all : calls === 0 ? 0 : (all * (calls - unpricedCalls)) / calls
}

export function addUsage(models: WritableUsage[], model: string, tokens: number, pricedCostMicros: number): number {
  for (const known of models) {
    if (known.model !== model) continue
    known.tokens += tokens
    known.pricedCostMicros += pricedCostMicros
    return tokens
  }
  models.push({ model, tokens, pricedCostMicros })
  return tokens
}
