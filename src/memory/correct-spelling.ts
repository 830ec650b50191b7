const MOST_CORRECTIONS = 3

/**
 * The words of the vocabulary that a misspelt one may have meant: one slip for up to six letters, two beyond; nearest
 * first, then the commoner.
 */
export function correctSpelling(
  word: string,
  vocabulary: readonly { term: string; entries: number }[],
): { term: string; slips: number; entries: number }[] {
  const allowed = word.length <= 6 ? 1 : 2
  return vocabulary
    .map(({ term, entries }) => ({ term, entries, slips: slipsBetween(word, term) }))
    .filter(({ slips }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips || b.entries - a.entries || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_CORRECTIONS)
}

/** Letters added, left out, exchanged, or swapped with their neighbour (optimal string alignment distance). */
export function slipsBetween(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      const above = rows[row - 1]!
      let least = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (swapped) least = Math.min(least, rows[row - 2]![column - 2]! + 1)
      current.push(least)
    }
    rows.push(current)
  }
  return rows[from.length]![to.length]!
}
