import { scratch, withScratch } from '../../../domain/scratch.ts'
import { selectRank } from './select-rank.ts'

/**
 * The p-quantile (0 to 1), linear between neighbours (type 7 of Hyndman and Fan, as in Excel's PERCENTILE.INC). Null of
 * nothing. Leaves its argument as it is.
 */
export function percentile(values: ArrayLike<number>, p: number): number | null {
  return percentiles(values, [p])?.[0] ?? null
}

/** Several of them. The values are brought only so far into order as these ask for. */
export function percentiles(values: ArrayLike<number>, shares: readonly number[]): number[] | null {
  if (values.length === 0) return null
  return withScratch(() => {
    const numbers = scratch(Float64Array, values.length)
    numbers.set(values)
    return shares.map((p) => {
      const position = p * (numbers.length - 1)
      const below = Math.floor(position)
      const above = Math.min(numbers.length - 1, below + 1)
      const [low, high] = [selectRank(numbers, below), selectRank(numbers, above)]
      return low + (high - low) * (position - below)
    })
  })
}
