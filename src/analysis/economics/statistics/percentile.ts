/**
 * The p-quantile (0 to 1), linear between neighbours (type 7 of Hyndman and Fan, as in Excel's PERCENTILE.INC). Null of
 * nothing. Leaves its argument as it is.
 */
export function percentile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const position = p * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (position - below)
}
