import { HIGHLIGHT } from '../domain/memory-entry.ts'

const WORD = /[\p{L}\p{N}\p{M}]+/gu
const MARKS = new RegExp(`[${HIGHLIGHT.start}${HIGHLIGHT.end}]`, 'g')
/** Characters, about three lines. */
const SNIPPET_LENGTH = 280
const LONGEST_TEXT = 50_000

/** The distinct words of a text in the form in which `makeSnippet` compares them. */
export function wordsOf(text: string): string[] {
  return [...new Set(Array.from(text.slice(0, LONGEST_TEXT).matchAll(WORD), ([word]) => comparable(word)))]
}

/**
 * The stretch of a text that holds most of the matching words, those between the two marks of `HIGHLIGHT`. `matching`
 * has words in the form of `wordsOf`. Without a match it is the beginning.
 */
export function makeSnippet(text: string, matching: ReadonlySet<string>): string {
  const clean = text.replace(MARKS, '').slice(0, LONGEST_TEXT)
  const words = Array.from(clean.matchAll(WORD), (match) => ({
    from: match.index,
    to: match.index + match[0].length,
    word: comparable(match[0]),
  }))
  const hits = words.filter(({ word }) => matching.has(word))
  const from = startOfWindow(clean, words, bestStart(hits))
  const to = endOfWindow(clean, words, from)
  let snippet = ''
  let done = from
  for (const hit of hits.filter((word) => word.from >= from && word.to <= to)) {
    snippet += `${clean.slice(done, hit.from)}${HIGHLIGHT.start}${clean.slice(hit.from, hit.to)}${HIGHLIGHT.end}`
    done = hit.to
  }
  snippet += clean.slice(done, to)
  return `${from > 0 ? '… ' : ''}${snippet.replace(/\s+/g, ' ').trim()}${to < clean.length ? ' …' : ''}`
}

interface PlacedWord {
  from: number
  to: number
  word: string
}

/** Where the window begins that holds most distinct matching words; the earliest of equals. */
function bestStart(hits: readonly PlacedWord[]): number {
  let best = { start: 0, distinct: 0 }
  let first = 0
  const inside = new Map<string, number>()
  for (const hit of hits) {
    inside.set(hit.word, (inside.get(hit.word) ?? 0) + 1)
    while (hit.to - hits[first]!.from > SNIPPET_LENGTH - 60) {
      const left = inside.get(hits[first]!.word)! - 1
      if (left === 0) inside.delete(hits[first]!.word)
      else inside.set(hits[first]!.word, left)
      first += 1
    }
    if (inside.size > best.distinct) best = { start: hits[first]!.from, distinct: inside.size }
  }
  return best.start
}

/** A little before the first match, at the beginning of a word. */
function startOfWindow(text: string, words: readonly PlacedWord[], start: number): number {
  if (start <= 60 || text.length <= SNIPPET_LENGTH) return 0
  return words.find((word) => word.from >= start - 50)?.from ?? start
}

/** At the end of a word, so that none is cut; a single endless word is. */
function endOfWindow(text: string, words: readonly PlacedWord[], from: number): number {
  if (text.length - from <= SNIPPET_LENGTH) return text.length
  return words.findLast((word) => word.from >= from && word.to <= from + SNIPPET_LENGTH)?.to ?? from + SNIPPET_LENGTH
}

function comparable(word: string): string {
  return word.normalize('NFKC').toLowerCase()
}
