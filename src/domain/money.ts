/**
 * Money is counted in whole micro-dollars (1 USD = 1,000,000), so that parts add up to wholes exactly.
 * It becomes dollars only at the door (JSON, Slack, pages). Unknown money is `null`, never 0.
 */
export type MicroDollars = number

export const MICROS_PER_DOLLAR = 1_000_000

/** Dollars as a number exact to the micro-dollar: the form of every amount in the API. */
export function toDollars(micros: MicroDollars): number {
  return micros / MICROS_PER_DOLLAR
}

/** The nearest whole micro-dollar. */
export function fromDollars(dollars: number): MicroDollars {
  return Math.round(dollars * MICROS_PER_DOLLAR)
}

/**
 * Rounds real-valued amounts (in micro-dollars) to whole ones so that they add up to the rounded total:
 * the largest-remainder method, ties going to the earlier amount.
 */
export function roundToTotal(amounts: readonly number[]): MicroDollars[] {
  const total = Math.round(amounts.reduce((sum, amount) => sum + amount, 0))
  const rounded = amounts.map(Math.floor)
  const missing = total - rounded.reduce((sum, amount) => sum + amount, 0)
  const byRemainder = amounts
    .map((amount, index) => ({ index, remainder: amount - Math.floor(amount) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (const { index } of byRemainder.slice(0, missing)) rounded[index]! += 1
  return rounded
}
