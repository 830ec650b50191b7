/**
 * Phrases as a pattern over normalised text (lower case, single spaces, no punctuation). In a phrase `(a|b)` is a choice,
 * `word*` any ending, `…` up to four words between, and `[word]` a word that may be absent.
 */
export function phrases(list: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${list.map(compile).join('|')})\\b`)
}

function compile(phrase: string): string {
  return phrase
    .trim()
    .replace(/\s*…\s*/g, ' … ')
    .replace(/\(([^)]*)\)/g, '(?:$1)')
    .replace(/\[([^\]]*)\] ?/g, '(?:$1 )?')
    .replace(/\*/g, '\\w*')
    .replace(/ … /g, ' (?:\\w+ ){0,4}')
}
