import { COMMON_WORDS } from './common-words.ts'
import type { QuestionParts } from './question-parts.ts'
import type { Word } from './read-question.ts'

const ASKING =
  /^(?:find|search|look|recall|remember|seen|see|decided|decide|decision|decisions|precedent|precedents|similar|approved|approve|agreed|rationale|overrides?|who|what|why|when|where|which|how|dig|deal|dealt|ever|mention|mentioning|concerning|citing|cite|saved|thread|threads)$/

/** The words of a question that say what is looked for: without its asking words, its times and its workflow. */
export function contentWords(parts: QuestionParts): Word[] {
  const times = parts.periods.mentions
  const workflowWords = new Set(parts.workflows.flatMap((mention) => mention.words))
  return parts.reading.words.filter(
    (word) =>
      !workflowWords.has(word) &&
      !times.some((mention) => word.start >= mention.start && word.end <= mention.end) &&
      !COMMON_WORDS.has(word.text) &&
      !ASKING.test(word.text),
  )
}

/** What to look for in memory: the question without its asking words, its times and its workflow; else all of it. */
export function searchText(parts: QuestionParts): string {
  const words = contentWords(parts)
  const text = words.map((word) => word.raw).join(' ')
  return (text || parts.reading.words.map((word) => word.raw).join(' ') || parts.reading.original).slice(0, 1000)
}
