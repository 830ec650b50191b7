import type { SegmentUsage } from './drivers.ts'

/** Parts of a change of price per token: `model` named where tokens moved to it, null for prices (and token kinds) themselves. */
export type PricePart = { readonly model: string | null; readonly delta: number }

/**
 * Splits the change of the mean price per token into moves between models and changes of the models' own prices
 * (symmetric Kitagawa). A move counts for the model that gained tokens, against the mean price of those that lost them.
 * The parts add up to the change of price. Without models on both sides there is one part, null.
 */
export function splitPriceByModel(before: SegmentUsage, after: SegmentUsage): PricePart[] {
  const change = after.pricedCostMicros / after.tokens - before.pricedCostMicros / before.tokens
  const models = new Set([...(before.models ?? []), ...(after.models ?? [])].map((usage) => usage.model))
  if (models.size < 2 || !before.models?.length || !after.models?.length) return [{ model: null, delta: change }]

  const moves = [...models].map((model) => {
    const old = before.models!.find((usage) => usage.model === model)
    const now = after.models!.find((usage) => usage.model === model)
    const prices = [old, now].flatMap((usage) =>
      usage && usage.tokens > 0 ? [usage.pricedCostMicros / usage.tokens] : [],
    )
    const price = prices.length === 0 ? 0 : prices.reduce((sum, one) => sum + one, 0) / prices.length
    return { model, price, shift: (now?.tokens ?? 0) / after.tokens - (old?.tokens ?? 0) / before.tokens }
  })
  const losers = moves.filter((move) => move.shift < 0)
  const lost = losers.reduce((sum, move) => sum - move.shift, 0)
  if (lost === 0) return [{ model: null, delta: change }]
  const lostPrice = losers.reduce((sum, move) => sum - move.shift * move.price, 0) / lost
  const parts: PricePart[] = moves
    .filter((move) => move.shift > 0)
    .map((move) => ({ model: move.model, delta: move.shift * (move.price - lostPrice) }))
  return [...parts, { model: null, delta: change - parts.reduce((sum, part) => sum + part.delta, 0) }]
}
