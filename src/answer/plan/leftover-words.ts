import { COMMON_WORDS, QUESTION_WORDS } from './common-words.ts'
import { isCueWord } from './cue-words.ts'
import type { QuestionParts } from './question-parts.ts'
import { singular } from './word-forms.ts'

const ORDINARY = new Set([...COMMON_WORDS, ...QUESTION_WORDS].map(singular))
/** Words that no rule explains and that are not ordinary English: names that Docket does not know. */
export function leftoverWords(parts: QuestionParts): string[] {
  return parts.reading.words
    .filter((word) => !parts.explained.has(word) && /^\p{L}{3,}$/u.test(word.text))
    .filter((word) => !ORDINARY.has(singular(word.text)) && !isCueWord(word.text))
    .map((word) => word.text)
}

/** The unknown name that the question is about ("why did refunds cost spike?" → "refunds"); null where there is none. */
export function unknownSubject(parts: QuestionParts): string | null {
  if (parts.workflows.length > 0) return null
  const { text } = parts.reading
  for (const word of leftoverWords(parts)) {
    const subject = new RegExp(
      `\\b(?:(?:costs?|spend|spent|spending|bill|retries|corrections|overrides|money) (?:of|for|on|in)(?: the| our)?|did|does|do|is|are|was|were|resolved|an?|per|each|one|our) ${word}\\b|\\b${word} (?:costs?|spend|spending|bill|retries|corrections|overrides)\\b`,
    )
    if (subject.test(text)) return word
  }
  return null
}
