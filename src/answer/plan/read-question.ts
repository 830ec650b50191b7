/** One word of a question: as it was written, and as the rules see it. */
export interface Word {
  raw: string
  text: string
  /** Where it stands in `Reading.text`. */
  start: number
  end: number
}

/** A question in the form that the rules match: lower case, single spaces, no punctuation, contractions written out. */
export interface Reading {
  original: string
  text: string
  words: Word[]
}

const CONTRACTIONS: [RegExp, string][] = [
  [/\b(what|who|where|when|how|why|that|there|it|he|she|here)'s\b/gi, '$1 is'],
  [/\b(what|why|how|who|where|when)d\b(?=\s)/gi, '$1 did'],
  [/\bcan't\b/gi, 'cannot'],
  [/\bwon't\b/gi, 'will not'],
  [/n't\b/gi, ' not'],
  [/'(re|ve|ll|d|m)\b/gi, ''],
  [/\bw\/o\b/gi, 'without'],
  [/\bw\/(?=\s|\p{L})/giu, 'with '],
  [/\b(costs?|spend|price|tokens?|attempts?|dollars|usd|\$) ?\/ ?(?=\p{L})/giu, '$1 per '],
  [/\b(wk|wks)\b/gi, 'week'],
  [/\b(mth|mnth|mo)\b/gi, 'month'],
  [/\bqtr\b/gi, 'quarter'],
  [/\byr\b/gi, 'year'],
  [/\b(lst|lats)\b/gi, 'last'],
  [/\bwat\b/gi, 'what'],
  [/\bwy\b/gi, 'why'],
  [/\b(yday|ystd)\b/gi, 'yesterday'],
]

/** Splits a question into words. `correct` may mend the spelling of one lower-case word. */
export function readQuestion(question: string, correct: (word: string) => string = (word) => word): Reading {
  const words: Word[] = []
  let text = ''
  for (const raw of rawWords(plainText(question))) {
    const lower = raw.toLowerCase()
    const word = /\d/.test(lower) ? lower : correct(lower)
    const start = text.length + (text ? 1 : 0)
    text += (text ? ' ' : '') + word
    words.push({ raw, text: word, start, end: text.length })
  }
  return { original: question, text, words }
}

/** The words that lie between two places of `reading.text`. */
export function wordsBetween(reading: Reading, start: number, end: number): Word[] {
  return reading.words.filter((word) => word.start >= start && word.end <= end)
}

function plainText(question: string): string {
  let text = question
    .normalize('NFKC')
    .replace(/<[@#!][^>]*>/g, ' ')
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[*`"\u201C\u201D\u00AB\u00BB]/g, ' ')
  for (const [pattern, replacement] of CONTRACTIONS) text = text.replace(pattern, replacement)
  // "region:TX" and "region = TX" are the same filter.
  return text.replace(/([\p{L}_]):(?=[\p{L}\d])/gu, '$1=').replace(/\s*={1,2}\s*/g, ' = ')
}

function rawWords(text: string): string[] {
  const tokens = text.match(/=|[\p{L}\p{N}#][\p{L}\p{N}_\-.:/#@+'&]*|(?<=\s)-(?=\s)|[&+]/gu) ?? []
  return tokens.flatMap((token) => {
    const trimmed = token.replace(/'s?$/, '').replace(/[.:/'_\-#@+&]+$/, '') || token
    if (trimmed === '-') return ['to']
    if (trimmed === '&' || trimmed === '+') return ['and']
    if (/\d/.test(trimmed)) return [trimmed]
    // "airline-support", "exception_docs", "exceptionDocs", "cost/claim" are written in many ways: compare word by word.
    return trimmed
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .split(/[\s_\-./:@+&']+/u)
      .filter(Boolean)
  })
}
