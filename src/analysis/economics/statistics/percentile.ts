/**
 * The p-quantile (0 to 1), linear between neighbours (type 7 of Hyndman and Fan, as in Excel's PERCENTILE.INC). Null of
 * nothing. Leaves its argument as it is.
 */
export function percentile(values: readonly number[], p: number): number | null {
  return percentiles(values, [p])?.[0] ?? null
}

/** Several of them, for which the values are sorted once. */
export function percentiles(values: readonly number[], shares: readonly number[]): number[] | null {
  if (values.length === 0) return null
  // Numbers in an array of their own are sorted without asking a function of each pair.
  const sorted = new Float64Array(values).sort()
  return shares.map((p) => {
    const position = p * (sorted.length - 1)
    const below = Math.floor(position)
    const above = Math.min(sorted.length - 1, below + 1)
    return sorted[below]! + (sorted[above]! - sorted[below]!) * (position - below)
  })
}
