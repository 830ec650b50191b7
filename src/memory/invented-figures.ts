const SAID = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const NUMBERS = new Map([
  ...SAID.map((word, index) => [word, String(index + 2)] as const),
  ['twice', '2'],
  ['thrice', '3'],
])

/**
 * Numbers, amounts, dates and ids of a text that do not stand in its source just so, and numbers in words that stand there neither
 * as a word nor as a figure.
 */
export function inventedFigures(text: string, source: string): string[] {
  const known = new Set(wordsOf(source))
  return wordsOf(text).filter((word) => {
    const number = NUMBERS.get(word)
    if (number !== undefined) return !known.has(word) && !known.has(number)
    return /\p{N}/u.test(word) && !known.has(word)
  })
}

/** With what belongs to a figure: `$1,204.50`, `12%`, `2026-11-10`, `claim-8841`. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}$€£][\p{L}\p{N}$€£%.,:/_-]*/gu) ?? []
  return words.map((word) => word.replace(/[.,:/_-]+$/, ''))
}
