/** Terms of unstemmed words and of identifiers are told apart from stems by their first character. */
export const EXACT_WORD = "'"
export const IDENTIFIER = '='

/** Longest text that is indexed, in characters: a tsvector holds one megabyte. */
const INDEXED_CHARACTERS = 200_000

/**
 * Words and numbers separated by spaces, in lower case: Postgres's own parser would read `claim-8841` as a word and a
 * negative number, `policy_7` and `a/b` as one thing.
 */
export function toSearchWords(text: string): string {
  return text
    .slice(0, INDEXED_CHARACTERS)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
}

/** An identifier as a term: `=claim-8841`. */
export function toIdentifierTerm(identifier: string): string {
  return IDENTIFIER + identifier.trim().toLowerCase().slice(0, 255)
}

/**
 * The parts of a question that may be identifiers: words with a digit in them, and the whole of it. Without what JSON in
 * Postgres refuses.
 */
export function identifierTermsOf(question: string): string[] {
  const clean = question.replaceAll('\0', ' ').toWellFormed()
  const words = clean.split(/[\s,;()[\]{}"“”‘’'`<>?!]+/u).map((word) => word.replace(/^[.:#@]+|[.:]+$/g, ''))
  const whole = clean.trim()
  const likely = words.filter((word) => /\d/.test(word) && word.length >= 2)
  return [...new Set([...likely, whole].filter((word) => word.length > 0).map(toIdentifierTerm))]
}
