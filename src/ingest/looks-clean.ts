import { LABEL_HINT, SHAPE_HINT } from './national-ids.ts'

/**
 * Whether a text surely holds nothing that a redaction rule could find: a handful of searches for what each rule needs,
 * since nearly all texts are of this kind, and every rule over every text would be the dearest part of taking a span in.
 * False where in doubt. A rule added to redact-text.ts adds what it needs here; a property test holds the two together.
 */
export function looksClean(text: string): boolean {
  // The shortest that any rule finds is an address such as a@b.co.
  if (text.length < 6) return true
  if (text.length > LONGEST_REMEMBERED) return isClean(text)
  const known = remembered.get(text)
  if (known !== undefined) return known
  const clean = isClean(text)
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(text, clean)
  return clean
}

/** Names of models, operations and services come with every span. */
const LONGEST_REMEMBERED = 64
const MOST_REMEMBERED = 4000
const remembered = new Map<string, boolean>()

/** What a text holds of the characters that no rule can do without. */
const [AT, DASH, UNDERSCORE, NAMING, CAPITAL_J, DIGIT] = [1, 2, 4, 8, 16, 32]
const MARKS = new Uint8Array(128)
for (const [character, mark] of [
  ...([
    ['@', AT],
    ['-', DASH],
    ['_', UNDERSCORE],
    [':', NAMING],
    ['=', NAMING],
    ['J', CAPITAL_J],
  ] as const),
  ...Array.from('0123456789', (digit) => [digit, DIGIT] as const),
]) {
  MARKS[character.charCodeAt(0)] = mark
}

/** One look at each character spares most texts most of the searches, each of which looks at all of them again. */
function isClean(text: string): boolean {
  let seen = 0
  let digits = 0
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place)
    if (code >= MARKS.length) continue
    const mark = MARKS[code]!
    seen |= mark
    if (mark === DIGIT) digits++
  }
  return (
    (seen & AT) === 0 &&
    !((seen & CAPITAL_J) !== 0 && text.includes('eyJ')) &&
    !((seen & DASH) !== 0 && text.includes('-----BEGIN')) &&
    !mayHoldKey(text, seen) &&
    !mayHoldNamedSecret(text, seen) &&
    !mayHoldNumber(text, digits)
  )
}

const WITH_DASH = ['sk-', 'glpat-', 'xox', 'xapp-']
const WITH_UNDERSCORE = /[srp]k_|gh[pousr]_|github_pat_|npm_|hf_|docket_|dop_v1_/
const WITHOUT = ['AKIA', 'ASIA', 'AIza', 'ya29.', 'SG.']

function mayHoldKey(text: string, seen: number): boolean {
  if ((seen & DASH) !== 0 && WITH_DASH.some((mark) => text.includes(mark))) return true
  if ((seen & UNDERSCORE) !== 0 && WITH_UNDERSCORE.test(text)) return true
  return WITHOUT.some((mark) => text.includes(mark))
}

const SCHEME = /bearer|basic/i
const SCHEME_OR_NAME = /bearer|basic|pass|secret|key|token/i

/** A scheme stands before its token with a space between; a name before its secret with a colon or an equals sign. */
function mayHoldNamedSecret(text: string, seen: number): boolean {
  if ((seen & NAMING) !== 0) return SCHEME_OR_NAME.test(text)
  return text.length > 20 && SCHEME.test(text)
}

/** Banks of some countries number accounts by letters alone, so that the two digits of its check may be an IBAN's only ones. */
const IBAN = /[A-Z]{2}\d{2}/
/** Cards, national ids and phone numbers have no fewer. */
const LEAST_DIGITS = 6
const NUMBER = /\d(?:[ -]?\d){12}|\d{3}-\d{2}-\d{4}|\+\d|\d{3}[ .)-]{1,2}\d{3}[ .-]\d{4}/
const LABEL = /tel|phone|mobile|cell|fax/i

function mayHoldNumber(text: string, digits: number): boolean {
  if (digits < 2) return false
  if (IBAN.test(text)) return true
  if (digits < LEAST_DIGITS) return false
  return NUMBER.test(text) || LABEL.test(text) || SHAPE_HINT.test(text) || LABEL_HINT.test(text)
}
