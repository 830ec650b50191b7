import { MAD_TO_SIGMA, median } from './statistics.ts'

/**
 * The factor (as a logarithm) by which nearly every leaf moved, or 0: the densest place of ln(v/f), where the middle of the
 * leaves is clearly off zero. Method: reference, first regime, step 6.
 */
export function findBroadShift(actual: Float64Array, expected: Float64Array): number {
  const ratios: number[] = []
  for (let leaf = 0; leaf < actual.length; leaf++) {
    if (actual[leaf]! > 0 && expected[leaf]! > 0) ratios.push(Math.log(actual[leaf]! / expected[leaf]!))
  }
  if (ratios.length < 3) return 0
  const sorted = Float64Array.from(ratios).sort()
  const middle = median(sorted)
  const spread = MAD_TO_SIGMA * median(sorted.map((ratio) => Math.abs(ratio - middle)))
  const isOff = (shift: number) => Math.abs(shift) > Math.max(0.03, 0.2 * spread)
  if (!isOff(middle)) return 0
  let shift = densestCentre(sorted, 2 * spread)
  for (let round = 0; round < 5; round++) {
    const near = sorted.filter((ratio) => Math.abs(ratio - shift) <= spread)
    if (near.length === 0) break
    shift = median(near)
  }
  return isOff(shift) ? shift : 0
}

/** The middle of the window of the given width that holds the most values. */
function densestCentre(sorted: Float64Array, width: number): number {
  let first = 0
  let mostFound = 0
  let centre = median(sorted)
  for (let last = 0; last < sorted.length; last++) {
    while (sorted[last]! - sorted[first]! > width) first++
    const found = last - first + 1
    if (found > mostFound) {
      mostFound = found
      centre = (sorted[last]! + sorted[first]!) / 2
    }
  }
  return centre
}
