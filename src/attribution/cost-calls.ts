import { type MicroDollars, roundToTotal } from '../domain/money.ts'
import type { CountedCall } from './counted-call.ts'
import { type CallPrice, type PriceBook, priceCall } from './price-call.ts'

export interface CostedCall extends CountedCall {
  /** Null: unknown. */
  costMicros: MicroDollars | null
  priceSource: CallPrice['source'] | null
}

/**
 * Prices the calls of one run. The exact prices are rounded once, over the whole run, and spread by largest remainder, so
 * that the calls add up to the run.
 */
export function costCalls(calls: readonly CountedCall[], workflow: string, prices: PriceBook): CostedCall[] {
  const priced = calls.map((call) => ({ call, price: priceCall(call, workflow, prices) }))
  const rounded = roundToTotal(priced.flatMap(({ price }) => (price ? [price.micros] : [])))
  let next = 0
  return priced.map(({ call, price }) => ({
    ...call,
    costMicros: price ? rounded[next++]! : null,
    priceSource: price?.source ?? null,
  }))
}
