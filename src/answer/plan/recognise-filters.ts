import type { Dimension } from '../../domain/workspace.ts'
import { COMMON_WORDS, QUESTION_WORDS } from './common-words.ts'
import { US_STATES } from './place-names.ts'
import type { Reading, Word } from './read-question.ts'
import { isSameWord, wordsOfName } from './word-forms.ts'

/** A segment that the question names: `region` is `TX`. */
export interface FilterMention {
  dimension: string
  value: string
  words: Word[]
}

const ORDINARY = new Set([...COMMON_WORDS, ...QUESTION_WORDS])
const NEGATION =
  /\b(?:without|no|not|non|lacking|lack|missing|excluding|free of|(?:do|does|did) not (?:have|need|require|carry|contain))(?: an?| any| the)?$/
const MARKER_PREFIX = /^(?:is|has|have|needs|requires|with|includes?)$/

/** Every segment that the question names, in order, by the known dimensions and values. `taken` are words read otherwise. */
export function recogniseFilters(
  reading: Reading,
  dimensions: readonly Dimension[],
  taken: ReadonlySet<Word>,
): FilterMention[] {
  const mentions = dimensions.flatMap((dimension) =>
    isBoolean(dimension) ? booleanMentions(reading, dimension) : valueMentions(reading, dimension),
  )
  // The longest reading of a word wins: "new york" over "new".
  const longestFirst = mentions.sort((a, b) => b.words.length - a.words.length || a.words[0]!.start - b.words[0]!.start)
  const used = new Set<Word>(taken)
  const kept: FilterMention[] = []
  for (const mention of longestFirst) {
    if (mention.words.some((word) => used.has(word))) continue
    for (const word of mention.words) used.add(word)
    kept.push(mention)
  }
  return kept.sort((a, b) => a.words[0]!.start - b.words[0]!.start)
}

function isBoolean(dimension: Dimension): boolean {
  return dimension.values.length > 0 && dimension.values.every((value) => value === 'true' || value === 'false')
}

function booleanMentions(reading: Reading, dimension: Dimension): FilterMention[] {
  const name = wordsOfName(dimension.name)
  const core = name.length > 1 && MARKER_PREFIX.test(name[0]!) ? name.slice(1) : name
  return [...new Set([name, core])].flatMap((phrase) =>
    occurrences(reading, phrase).flatMap((words) => {
      const before = reading.text.slice(0, words[0]!.start).trimEnd()
      if (/\b(?:by|per|across|each|every|which|what)$/.test(before)) return []
      const stated = statedValue(reading, words)
      if (stated) {
        const value = /^(true|yes|1)$/.test(stated.text) ? 'true' : /^(false|no|0)$/.test(stated.text) ? 'false' : null
        if (value) return [{ dimension: dimension.name, value, words: [...words, ...stated.words] }]
      }
      return [{ dimension: dimension.name, value: NEGATION.test(before) ? 'false' : 'true', words }]
    }),
  )
}

/** What follows "name =" or "name is". */
function statedValue(reading: Reading, words: Word[]): { text: string; words: Word[] } | null {
  const at = reading.words.indexOf(words.at(-1)!)
  const [sign, value] = [reading.words[at + 1], reading.words[at + 2]]
  if (!sign || !value || !/^(=|is|are|of)$/.test(sign.text)) return null
  return { text: value.text, words: [sign, value] }
}

function valueMentions(reading: Reading, dimension: Dimension): FilterMention[] {
  const names = namePhrases(dimension.name).flatMap((phrase) => occurrences(reading, phrase))
  return [...new Set(dimension.values)]
    .flatMap((value) =>
      phrasesOf(value).flatMap((phrase) =>
        occurrences(reading, phrase.words).flatMap((words) => {
          const beside = names.find((name) => areBeside(reading, name, words))
          if (beside) return [{ dimension: dimension.name, value, words: uniteWords(beside, words) }]
          return standsAlone(reading, value, words, phrase.isAlias) ? [{ dimension: dimension.name, value, words }] : []
        }),
      ),
    )
    .concat(unknownValues(reading, dimension, names))
}

/** "region = ZZ" is a filter even where no item of that region was seen: the answer then says that there is none. */
function unknownValues(reading: Reading, dimension: Dimension, names: Word[][]): FilterMention[] {
  return names.flatMap((name) => {
    const at = reading.words.indexOf(name.at(-1)!)
    const value = reading.words[at + 2]
    if (reading.words[at + 1]?.text !== '=' || !value) return []
    const known = dimension.values.find((one) => one.toLowerCase() === value.raw.toLowerCase())
    return [{ dimension: dimension.name, value: known ?? value.raw, words: [...name, reading.words[at + 1]!, value] }]
  })
}

/** The name, and its last word where the name has several ("type" of policyType would be too short a hint: only beside a value). */
function namePhrases(name: string): string[][] {
  const words = wordsOfName(name)
  return words.length > 1 ? [words, [words[0]!], [words.at(-1)!]] : [words]
}

function phrasesOf(value: string): { words: string[]; isAlias: boolean }[] {
  const own = /\d/.test(value) ? [value.toLowerCase().split(/\s+/)] : [wordsOfName(value)]
  const state = US_STATES[value.toUpperCase()]
  return [
    ...own.map((words) => ({ words, isAlias: false })),
    ...(state ? [{ words: state.split(' '), isAlias: true }] : []),
  ]
}

function occurrences(reading: Reading, phrase: string[]): Word[][] {
  const found: Word[][] = []
  if (phrase.length === 0) return found
  for (let index = 0; index + phrase.length <= reading.words.length; index += 1) {
    const words = reading.words.slice(index, index + phrase.length)
    if (words.every((word, offset) => isSameWord(word.text, phrase[offset]!))) found.push(words)
  }
  return found
}

/** Name and value next to one another, with at most "=", "is", "of" or "the" between. */
function areBeside(reading: Reading, name: Word[], value: Word[]): boolean {
  const [first, second] = name[0]!.start < value[0]!.start ? [name, value] : [value, name]
  if (second[0]!.start <= first.at(-1)!.start) return false
  return /^\s*(?:=|is|are|of|the)?\s*$/.test(reading.text.slice(first.at(-1)!.end, second[0]!.start))
}

function uniteWords(left: Word[], right: Word[]): Word[] {
  return [...left, ...right].sort((a, b) => a.start - b.start)
}

/** A value without its dimension's name counts only where the word is no ordinary one, or is written as a code ("TX"). */
function standsAlone(reading: Reading, value: string, words: Word[], isAlias: boolean): boolean {
  if (isAlias || words.length > 1) return true
  const word = words[0]!
  if (/^\d+(\.\d+)?$/.test(value) || value === 'true' || value === 'false') return false
  if (value.length <= 2) {
    return word.raw === value.toUpperCase()
      ? !isShouted(reading) || !ORDINARY.has(word.text)
      : !ORDINARY.has(word.text) && /^\p{L}+$/u.test(value)
  }
  return !ORDINARY.has(word.text)
}

function isShouted(reading: Reading): boolean {
  return reading.original === reading.original.toUpperCase()
}
