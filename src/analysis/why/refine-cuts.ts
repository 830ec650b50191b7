import { levelsOf } from './segment-series.ts'

/** A cut found in correlated days lies at most so many days from where the noise moved it. */
const REACH = 4

/**
 * Dates cuts anew where days carry over part of the day before: for each, the day at which the innovations (each day's distance
 * from its level less the part carried over, Prais and Winsten) are smallest in squares, the levels held. Independent days stay as
 * they are. @param correlation of one day with the next. @param minimumRun days between cuts.
 */
export function refineCuts(
  values: Float64Array,
  starts: readonly number[],
  correlation: number,
  minimumRun: number,
): number[] {
  if (correlation === 0) return [...starts]
  const refined = [...starts]
  for (const [index, start] of starts.entries()) {
    const levels = levelsOf(values, refined)
    const left = levels[start - 1]!
    const right = levels[start]!
    const first = Math.max(start - REACH, (refined[index - 1] ?? 0) + minimumRun)
    const last = Math.min(start + REACH, (refined[index + 1] ?? values.length) - minimumRun)
    let best = start
    let least = Number.POSITIVE_INFINITY
    for (let cut = first; cut <= last; cut++) {
      let squares = 0
      for (let day = Math.max(1, start - REACH); day <= Math.min(values.length - 1, start + REACH + 1); day++) {
        const off = values[day]! - (day < cut ? left : right)
        const before = values[day - 1]! - (day - 1 < cut ? left : right)
        squares += (off - correlation * before) ** 2
      }
      if (squares < least) {
        least = squares
        best = cut
      }
    }
    refined[index] = best
  }
  return refined
}
