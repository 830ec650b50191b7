import type { Dimension } from '../../domain/workspace.ts'
import { type Reading, type Word, wordsBetween } from './read-question.ts'
import { isSameWord, wordsOfName } from './word-forms.ts'

export interface GroupingMention {
  groupBy: string
  words: Word[]
}

/** Groupings that are no attribute of a work item. Dimensions of the same name win. */
const BUILT_IN: [phrase: string[], groupBy: string][] = [
  [['prompt', 'version'], 'promptVersion'],
  [['agent', 'version'], 'agentVersion'],
  [['version'], 'agentVersion'],
  [['prompt'], 'promptVersion'],
  [['model'], 'model'],
  [['workflow'], 'workflow'],
  [['agent'], 'agentName'],
  [['rule'], 'rule'],
  [['reason'], 'reason'],
  [['adjuster'], 'actor'],
  [['reviewer'], 'actor'],
  [['week'], 'week'],
  [['day'], 'day'],
  [['month'], 'month'],
]
const ADVERBS: Record<string, string> = { daily: 'day', weekly: 'week', monthly: 'month' }
const INTRODUCTION =
  /\b(?:by|per|across(?: the| all)?|for (?:each|every)|in (?:each|every)|(?:split|broken down|break down|breakdown|group(?:ed)?|cut|slice|sliced|segmented)(?: \w+)? (?:by|per|into)|each|every|which|what|between(?: the)?|among(?: the)?|compare(?: the)?(?: different)?|of the different)(?: different| various)? $/

/** How the question wants its figures split: "by region", "per model", "which policy type". */
export function recogniseGrouping(reading: Reading, dimensions: readonly Dimension[]): GroupingMention | null {
  for (const [index, word] of reading.words.entries()) {
    const adverb = ADVERBS[word.text]
    if (adverb) return { groupBy: adverb, words: [word] }
    const introduction = INTRODUCTION.exec(`${reading.text.slice(0, word.start)}`)
    if (!introduction) continue
    const named = nameAt(reading, index, dimensions)
    if (!named) continue
    // "what model" of "what model version" and "which week" of a period are no groupings by time.
    if (/^(which|what|between|compare)/.test(introduction[0]) && /^(day|week|month|promptVersion)$/.test(named.groupBy))
      continue
    const before = wordsBetween(reading, introduction.index, word.start)
    return { groupBy: named.groupBy, words: [...before, ...named.words] }
  }
  return null
}

function nameAt(reading: Reading, index: number, dimensions: readonly Dimension[]): GroupingMention | null {
  const candidates: [string[], string][] = [
    ...dimensions.map((dimension): [string[], string] => [wordsOfName(dimension.name), dimension.name]),
    ...dimensions.flatMap((dimension): [string[], string][] => partNames(dimension, dimensions)),
    ...BUILT_IN,
  ]
  for (const [phrase, groupBy] of candidates.sort((a, b) => b[0].length - a[0].length)) {
    const words = reading.words.slice(index, index + phrase.length)
    if (words.length === phrase.length && words.every((word, at) => isSameWord(word.text, phrase[at]!))) {
      return { groupBy, words }
    }
  }
  return null
}

/** "policy" and "docs" for policyType and exceptionDocs, where no other dimension shares the word. */
function partNames(dimension: Dimension, all: readonly Dimension[]): [string[], string][] {
  const words = wordsOfName(dimension.name)
  if (words.length < 2) return []
  return [words[0]!, words.at(-1)!]
    .filter((word) => !/^(is|has|type|kind|name|id|model|version|prompt|agent)$/.test(word))
    .filter((word) => all.filter((other) => wordsOfName(other.name).includes(word)).length === 1)
    .map((word) => [[word], dimension.name])
}
