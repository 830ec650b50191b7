/** `exceptionDocs`, `exception_docs` and `exception-docs` as the words that people would say. */
export function wordsOfName(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => word.toLowerCase())
}

/** A good-enough English singular of one lower-case word. */
export function singular(word: string): string {
  if (word.length <= 3 || word.endsWith('ss') || word.endsWith('us') || word.endsWith('is')) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(sh|ch|x|z|ss)es$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}

/** The same word but for number, or one the short form of the other ("docs" and "documents"). */
export function isSameWord(left: string, right: string): boolean {
  const [a, b] = [singular(left), singular(right)]
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short.length >= 3 && ABBREVIATIONS[short] === long
}

/** Short forms that people write for one another; by the singular. */
const ABBREVIATIONS: Record<string, string> = {
  doc: 'document',
  pol: 'policy',
  env: 'environment',
  lang: 'language',
  cat: 'category',
  prio: 'priority',
  req: 'request',
  acct: 'account',
  cust: 'customer',
  app: 'application',
  dept: 'department',
  ver: 'version',
}
