import { type Embedder, toUnitLength } from './embedder.ts'

const DIMENSIONS = 1024
const WORD_WEIGHT = 1.5
const PART_WEIGHT = 0.6
const PART_LENGTHS = [3, 4, 5]
/** Words beyond this are not looked at. */
const LONGEST_TEXT = 20_000

/**
 * Hashed words and parts of words (feature hashing with signs, Weinberger et al. 2009). It knows spelling, not meaning:
 * it is called lexical, never semantic. Needs no model and no network; the same text gives the same vector everywhere.
 */
export function createLocalEmbedder(): Embedder {
  return {
    model: 'lexical-1024',
    dimensions: DIMENSIONS,
    lexical: true,
    embed: async (texts) => texts.map(embedLocally),
    embedByRarity,
  }
}

export function embedLocally(text: string): number[] {
  const counts = new Map<string, { count: number; weight: number }>()
  for (const { feature, weight } of featuresOf(text)) {
    const known = counts.get(feature)
    if (known) known.count += 1
    else counts.set(feature, { count: 1, weight })
  }
  const vector = new Array<number>(DIMENSIONS).fill(0)
  for (const [feature, { count, weight }] of counts) add(vector, feature, weight * (1 + Math.log(count)))
  return toUnitLength(vector)
}

/** As BM25 does, a word said twice in a question counts twice. */
function embedByRarity(question: string, rarity: ReadonlyMap<string, number>): number[] | null {
  const vector = new Array<number>(DIMENSIONS).fill(0)
  for (const { feature, weight, word } of featuresOf(question)) add(vector, feature, weight * (rarity.get(word) ?? 0))
  return vector.some((value) => value !== 0) ? toUnitLength(vector) : null
}

/** Words, and their parts of three to five letters with the spaces around them. */
function* featuresOf(text: string): Generator<{ feature: string; weight: number; word: string }> {
  const words = text
    .slice(0, LONGEST_TEXT)
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  for (const word of words ?? []) {
    yield { feature: `=${word}`, weight: WORD_WEIGHT, word }
    const padded = ` ${word} `
    for (const length of PART_LENGTHS) {
      for (let start = 0; start + length <= padded.length; start++) {
        yield { feature: padded.slice(start, start + length), weight: PART_WEIGHT, word }
      }
    }
  }
}

function add(vector: number[], feature: string, weight: number): void {
  const hash = hashOf(feature)
  vector[(hash >>> 1) % DIMENSIONS]! += hash & 1 ? weight : -weight
}

/** FNV-1a over UTF-16 units, then mixed as in MurmurHash3, since the low bits choose the sign. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
