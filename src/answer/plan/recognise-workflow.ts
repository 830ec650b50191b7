import type { KnownWorkflow } from '../../domain/workspace.ts'
import { editDistance } from './correct-spelling.ts'
import type { Reading, Word } from './read-question.ts'
import { isSameWord, singular, wordsOfName } from './word-forms.ts'

export interface WorkflowMention {
  name: string
  words: Word[]
}

/**
 * The workflows that a question names, in order: by name or by unit, in the singular or plural, however the name is
 * joined ("airline-support", "airline_support", "airline support requests").
 */
export function recogniseWorkflows(reading: Reading, workflows: readonly KnownWorkflow[]): WorkflowMention[] {
  const byName = workflows.flatMap((workflow) => findPhrase(reading, workflow.name, wordsOfName(workflow.name)))
  const taken = new Set(byName.flatMap((mention) => mention.words))
  const byUnit = workflows.flatMap((workflow) => {
    const unit = workflow.unit
    // A unit that several workflows share names none of them; one that everybody uses ("item") names nothing.
    const shared = workflows.filter((other) => other.unit && isSameWord(other.unit, unit ?? '')).length > 1
    if (!unit || shared || GENERIC_UNITS.has(singular(unit.toLowerCase()))) return []
    return findPhrase(reading, workflow.name, wordsOfName(unit)).filter(
      (mention) => !mention.words.some((word) => taken.has(word)),
    )
  })
  // A name that stands there letter by letter is meant, not one that is a typo away from it.
  const mentions = [...byName, ...byUnit].sort(
    (a, b) =>
      b.words.length - a.words.length ||
      Number(isVerbatim(b)) - Number(isVerbatim(a)) ||
      a.words[0]!.start - b.words[0]!.start,
  )
  const used = new Set<Word>()
  const kept: WorkflowMention[] = []
  for (const mention of mentions) {
    if (mention.words.some((word) => used.has(word))) continue
    for (const word of mention.words) used.add(word)
    kept.push(mention)
  }
  return kept.sort((a, b) => a.words[0]!.start - b.words[0]!.start)
}

const GENERIC_UNITS = new Set(['item', 'unit', 'run', 'task', 'job', 'case', 'work item', 'request'])

function isVerbatim({ name, words }: WorkflowMention): boolean {
  return wordsOfName(name).join(' ') === words.map((word) => word.text).join(' ')
}

function findPhrase(reading: Reading, name: string, phrase: string[]): WorkflowMention[] {
  const found: WorkflowMention[] = []
  for (let index = 0; index + phrase.length <= reading.words.length; index += 1) {
    const words = reading.words.slice(index, index + phrase.length)
    if (words.every((word, offset) => names(word, phrase[offset]!))) found.push({ name, words })
  }
  // "airlinesupport" and "claimsprocessing" are typed too.
  const joined = phrase.join('')
  for (const word of reading.words) {
    if (phrase.length > 1 && isSameWord(word.text, joined)) found.push({ name, words: [word] })
  }
  return found
}

function names(word: Word, part: string): boolean {
  if (isSameWord(word.text, part)) return true
  return part.length >= 7 && !/\d/.test(word.text) && editDistance(singular(word.text), singular(part)) <= 1
}
