import { distance } from 'fastest-levenshtein'
import { COMMON_WORDS, QUESTION_WORDS } from './common-words.ts'
import { isCueWord } from './cue-words.ts'
import { isSameWord, singular } from './word-forms.ts'

/**
 * Makes a function that mends one misspelt lower-case word, towards `names` (words of workflows, dimensions and values)
 * and the words that questions are made of. A word that is known, short or far from all of them stays as it is.
 */
export function createSpelling(names: Iterable<string>): (word: string) => string {
  const known = new Set(names)
  const candidates = [...new Set([...QUESTION_WORDS, ...known])].filter((candidate) => candidate.length >= 4)
  const isKnown = (word: string) =>
    known.has(word) ||
    COMMON_WORDS.has(word) ||
    isCueWord(word) ||
    candidates.some((candidate) => isSameWord(candidate, word))
  return (word) => {
    if (word.length < 4 || isKnown(word) || isKnown(singular(word))) return word
    const allowed = word.length >= 8 ? 2 : 1
    let best: { candidate: string; score: number } | null = null
    for (const candidate of candidates) {
      if (Math.abs(candidate.length - word.length) > allowed) continue
      const edits = editDistance(word, candidate)
      // Another letter in a short word makes another word ("hole" is not "home"): only a swapped or missing one is a typo.
      if (word.length < 5 && edits === 1 && candidate.length === word.length && !isSwap(word, candidate)) continue
      // A typo rarely hits the first letter.
      const score = edits + (candidate[0] === word[0] ? 0 : 0.5)
      if (edits <= allowed && score < allowed + 0.5 && (!best || score < best.score)) best = { candidate, score }
    }
    return best?.candidate ?? word
  }
}

/** Levenshtein distance where swapping two neighbours counts as one edit. */
export function editDistance(left: string, right: string): number {
  const edits = distance(left, right)
  if (edits !== 2 || left.length !== right.length) return edits
  return isSwap(left, right) ? 1 : edits
}

function isSwap(left: string, right: string): boolean {
  const at = [...left].findIndex((letter, index) => letter !== right[index])
  const swapped = left.slice(0, at) + left[at + 1] + left[at] + left.slice(at + 2)
  return swapped === right
}
