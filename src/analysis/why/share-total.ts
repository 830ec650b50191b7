/**
 * Rounds parts to integers that add up to `total` exactly (largest remainder). Meant for parts whose sum is the total but
 * for rounding; what floating point lost beyond that goes to the largest parts. Ties go to the earlier part.
 */
export function shareTotal(parts: readonly number[], total: number): number[] {
  const rounded = parts.map(Math.floor)
  let missing = total - rounded.reduce((sum, part) => sum + part, 0)
  if (parts.length === 0) {
    if (missing !== 0) throw new Error('a total other than 0 cannot be shared among no parts')
    return []
  }
  const byRemainder = parts.map((part, index) => ({ index, remainder: part - rounded[index]! }))
  byRemainder.sort((left, right) => right.remainder - left.remainder || left.index - right.index)
  for (const { index } of byRemainder) {
    if (missing <= 0) break
    rounded[index]! += 1
    missing -= 1
  }
  if (missing !== 0) {
    let largest = 0
    for (let index = 1; index < parts.length; index++) {
      if (Math.abs(parts[index]!) > Math.abs(parts[largest]!)) largest = index
    }
    rounded[largest]! += missing
  }
  // Floor of a tiny negative part may leave −0, which is not a figure anyone wants to print.
  return rounded.map((part) => part + 0)
}
