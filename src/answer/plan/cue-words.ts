import { ANALYSIS_PHRASES } from './analysis-phrases.ts'
import { ANALYSIS_RULES, CAUSE_WORDS, CHANGE_WORDS, LEVEL_RULES } from './analysis-rules.ts'
import { singular } from './word-forms.ts'

const patterns = [CHANGE_WORDS, ...[...ANALYSIS_PHRASES, ...ANALYSIS_RULES, ...LEVEL_RULES].map((rule) => rule.pattern)]
const literals = [...new Set(patterns.flatMap((pattern) => pattern.source.match(/(?<!\\)[a-z]{3,}/g) ?? []))]
const stems = literals.filter((literal) => literal.length >= 4).map((literal) => literal.slice(0, 8))

/** Whether a lower-case word belongs to what the analysis rules look for: it is neither misspelt nor a name. */
export function isCueWord(word: string): boolean {
  return (
    literals.includes(word) ||
    CHANGE_WORDS.test(word) ||
    CAUSE_WORDS.test(word) ||
    stems.some((stem) => singular(word).startsWith(stem))
  )
}
