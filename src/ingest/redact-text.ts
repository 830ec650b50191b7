import { countrySpecs, isValidIBAN } from 'ibantools'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { PersonalData } from '../domain/ingest-rules.ts'
import { looksClean } from './looks-clean.ts'
import { LABEL_HINT, LABELLED_ID, markLabelledId, markShapedId, SHAPE_HINT, SHAPED_ID } from './national-ids.ts'
import { redactPatterns } from './redact-patterns.ts'
import { type Redaction, STRICTEST } from './redaction.ts'

interface Rule {
  /** Personal data, which a workflow may keep; a rule without a kind finds secrets. */
  kind?: PersonalData
  /** Cheap look before the pattern runs: most texts have nothing of the kind. */
  hint: RegExp
  pattern: RegExp
  replace(match: string, ...groups: string[]): string
}

/**
 * Secrets first, since a token may hold what looks like a number. Every pattern begins at a boundary and is bounded, so
 * that no text makes it take more than linear time.
 */
export const RULES: readonly Rule[] = [
  {
    hint: /-----BEGIN/,
    pattern:
      /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    replace: () => '[private key]',
  },
  {
    hint: /eyJ/,
    pattern: /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
    replace: () => '[token]',
  },
  {
    hint: /sk-|sk_|rk_|pk_|ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|glpat-|xox|xapp-|AKIA|ASIA|AIza|ya29\.|npm_|hf_|docket_|SG\.|dop_v1_/,
    pattern:
      /(?<![A-Za-z0-9])(?:sk-(?:proj-|ant-|or-|lf-)?[\w-]{16,}|[srp]k_(?:live|test)_\w{10,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}|xapp-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])|AIza[\w-]{30,}|ya29\.[\w-]{16,}|npm_\w{30,}|hf_\w{20,}|docket_[\w-]{32}|SG\.[\w-]{16,}\.[\w-]{16,}|dop_v1_\w{32,})/g,
    replace: () => '[key]',
  },
  {
    hint: /bearer|basic/i,
    pattern: /\b(Bearer|Basic)\s+[\w.~+/-]{16,}={0,2}/gi,
    replace: (_match, scheme) => `${scheme} [token]`,
  },
  {
    hint: /pass|secret|key|token/i,
    pattern:
      /(?<![A-Za-z0-9])((?:password|passwd|passphrase|client[_-]?secret|secret(?:[_-]?key)?|api[_-]?key|access[_-]?(?:key|token)|refresh[_-]?token|auth[_-]?token|private[_-]?key)\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?)([^\s"'\\,;}&[\]]{6,256})/gi,
    replace: (_match, name) => `${name}[secret]`,
  },
  {
    kind: 'email',
    hint: /@/,
    pattern: /(?<![\w.%+-])[\w.%+-]+@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])/g,
    replace: () => '[email]',
  },
  {
    kind: 'iban',
    hint: /\b[A-Z]{2}\d{2}/,
    pattern: /\b([A-Z]{2})\d{2}(?:[ -]?[A-Z0-9]){11,40}/g,
    replace: (match, country) => redactIban(match, country!),
  },
  {
    kind: 'card',
    hint: /\d(?:[ -]?\d){12}/,
    pattern: /(?<![\w.,-]|\d )[3-6]\d{3}(?:[ -]?\d){9,15}(?![\w]|[.,-]\d)/g,
    replace: (match) => (isCardNumber(match) ? '[card]' : match),
  },
  {
    kind: 'national_id',
    hint: /\d{3}-\d{2}-\d{4}/,
    pattern: /(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g,
    replace: () => '[ssn]',
  },
  { kind: 'national_id', hint: SHAPE_HINT, pattern: SHAPED_ID, replace: markShapedId },
  {
    kind: 'national_id',
    hint: LABEL_HINT,
    pattern: LABELLED_ID,
    replace: (match, label, following) => markLabelledId(match, label!, following!),
  },
  {
    kind: 'phone',
    hint: /\+\d|\d{3}[ .)-]{1,2}\d{3}[ .-]\d{4}/,
    pattern:
      /(?<![\w+.-])(?:\+\d(?:[ ().-]{0,2}\d){6,14}|(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[.-])\d{3}[ .-]\d{4}|[2-9]\d{2} [2-9]\d{2} \d{4})(?![\w]|[.-]\d)/g,
    replace: (match) => (isPhoneNumber(match) ? '[phone]' : match),
  },
  {
    kind: 'phone',
    hint: /tel|phone|mobile|cell|fax/i,
    pattern:
      /\b((?:tel|telephone|phone|mobile|cell|fax)(?: number| no\.?)?(?: is|:|=|\.)? {0,3})(0?\d(?:[ ()/.-]{0,2}\d){6,14})(?!\w)/gi,
    replace: (_match, label) => `${label}[phone]`,
  },
]

/**
 * Personal data and secrets replaced by marks such as `[email]`: e-mail addresses, phone numbers, card numbers, IBANs,
 * national ids of two dozen countries, API keys, tokens and private keys, and what a workflow's own patterns find. The same text
 * always gives the same result, and running it again changes nothing.
 */
export function redactText(text: string, redaction: Redaction = STRICTEST): string {
  const redacted = looksClean(text) ? text : redactByRules(text, redaction.keep)
  return redaction.patterns.length === 0 ? redacted : redactPatterns(redacted, redaction.patterns)
}

function redactByRules(text: string, keep: Redaction['keep']): string {
  let redacted = text
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const further = redactOnce(redacted, keep)
    if (further === redacted) break
    redacted = further
  }
  return redacted
}

/** A mark may end a word, and so uncover what stood against it. */
const MOST_PASSES = 8

function redactOnce(text: string, keep: Redaction['keep']): string {
  let redacted = text
  for (const rule of RULES) {
    if (rule.kind !== undefined && keep.includes(rule.kind)) continue
    if (rule.hint.test(redacted)) redacted = redacted.replace(rule.pattern, rule.replace)
  }
  return redacted
}

/** The pattern is greedy; the country says how long the number is, and what follows it is kept. */
function redactIban(match: string, country: string): string {
  const length = countrySpecs[country]?.chars
  if (!length) return match
  let taken = 0
  let end = 0
  while (end < match.length && taken < length) {
    if (match[end] !== ' ' && match[end] !== '-') taken++
    end++
  }
  const number = match.slice(0, end).replace(/[ -]/g, '')
  const standsAlone = end >= match.length || match[end] === ' ' || match[end] === '-'
  return standsAlone && isValidIBAN(number) ? `[iban]${match.slice(end)}` : match
}

/** A payment card by its issuer's prefix and length, and the Luhn sum. */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '')
  const issued =
    /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|6(?:011|5\d\d|4[4-9]\d)\d{12})$/
  return issued.test(digits) && passesLuhn(digits)
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place])
    const doubled = place % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Written the American way with its separators, it is taken for one; a `+` number must be possible where it is from. */
function isPhoneNumber(text: string): boolean {
  if (!text.startsWith('+')) return true
  return parsePhoneNumberFromString(text)?.isPossible() ?? false
}
