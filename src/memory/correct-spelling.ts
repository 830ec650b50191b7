import { editDistance } from '../domain/edit-distance.ts'

const MOST_CORRECTIONS = 3

/**
 * The words of the vocabulary that a misspelt one may have meant: one slip for up to six letters, two beyond; nearest
 * first, then the commoner.
 */
export function correctSpelling<Known extends { term: string; entries: number }>(
  word: string,
  vocabulary: readonly Known[],
): (Known & { slips: number })[] {
  const allowed = word.length <= 6 ? 1 : 2
  return vocabulary
    .map((known) => ({ ...known, slips: editDistance(word, known.term) }))
    .filter(({ slips }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips || b.entries - a.entries || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_CORRECTIONS)
}
