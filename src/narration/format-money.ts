/** The place to which dollars of this size are rounded: what a decision needs. Below ten cents, two significant digits. */
export function dollarStep(largest: number): number {
  const size = Math.abs(largest)
  if (size >= 1_000_000) return 1000
  if (size >= 100_000) return 100
  if (size >= 1000) return 10
  if (size >= 100) return 1
  if (size >= 0.1 || size === 0) return 0.01
  return 10 ** Math.max(-6, Math.floor(Math.log10(size)) - 1)
}

/** `$14,210`, `$2.13`, `-$0.0042`. `step` is the place to round to; by the amount itself where absent. */
export function formatDollars(dollars: number, step = dollarStep(dollars)): string {
  const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9))
  const rounded = Math.round(Math.abs(dollars) / step) * step
  const text = rounded.toLocaleString('en-US', {
    minimumFractionDigits: decimals === 1 ? 2 : decimals,
    maximumFractionDigits: decimals === 1 ? 2 : decimals,
  })
  return dollars < 0 && rounded > 0 ? `-$${text}` : `$${text}`
}

/**
 * Amounts as multiples of `step` that add up to the rounded total (or to `total`, where that was rounded with others
 * before), by largest remainder: a displayed breakdown never misses its displayed sum.
 */
export function roundTogether(amounts: readonly number[], step: number, total?: number): number[] {
  const scaled = amounts.map((amount) => amount / step)
  // Summed before it is divided: the quotients are not exact, and a half could fall to either side.
  const wanted = Math.round((total ?? amounts.reduce((sum, amount) => sum + amount, 0)) / step)
  const rounded = scaled.map(Math.floor)
  let missing = wanted - rounded.reduce((sum, amount) => sum + amount, 0)
  const order = scaled
    .map((amount, index) => ({ index, remainder: amount - Math.floor(amount) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (let turn = 0; missing > 0 && order.length > 0; turn += 1, missing -= 1)
    rounded[order[turn % order.length]!.index]! += 1
  for (let turn = 0; missing < 0 && order.length > 0; turn += 1, missing += 1)
    rounded[order.at(-1 - (turn % order.length))!.index]! -= 1
  return rounded.map((amount) => amount * step)
}
