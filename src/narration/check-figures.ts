import type { Finding } from '../domain/finding.ts'
import { dollarStep } from './format-money.ts'

export interface FigureCheck {
  ok: boolean
  /** The numbers of the words that no finding accounts for. */
  unknown: string[]
}

/** Everything that words may take a number from. */
export interface FigureSources {
  findings: readonly Finding[]
  /** Dates as the words write them ("9–15 Nov", "Tue 10 Nov"). */
  dates: readonly string[]
  /** Names, labels, ids and titles, of which a number may be a part ("claim-8841", "gpt-4.1", "HR-12"). */
  names: readonly string[]
}

const NUMBER = /[-−]?\$?\d[\d,]*(?:\.\d+)?(?:\s?%|\spoints\b|\s?[kKmM]\b)?/g

/** Whether every number in the words is a finding's value, or part of a date or a name that they may use. */
export function checkFigures(words: string, sources: FigureSources): FigureCheck {
  const bare = without(words, [...sources.dates, ...sources.names])
  const values = valuesOf(sources.findings)
  const numbers = [...bare.matchAll(NUMBER)].map((match) => match[0].trim())
  // All dollars of an answer are rounded to the place of its largest.
  const step = dollarStep(Math.max(0, ...values.filter((one) => one.kind === 'usd').map((one) => Math.abs(one.value))))
  const unknown = numbers.filter((number) => !isKnown(number, values, step))
  return { ok: unknown.length === 0, unknown }
}

/** The words without these texts, longest first, where they stand as wholes. */
function without(words: string, texts: readonly string[]): string {
  const withDigits = [...new Set(texts)].filter((text) => /\d/.test(text)).sort((a, b) => b.length - a.length)
  let rest = words
  for (const text of withDigits) {
    // An expression for each of hundreds of names takes long to make.
    if (!rest.includes(text)) continue
    const whole = new RegExp(
      `(?<![\\p{L}\\p{N}$.])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}]|[.,]\\d|\\s?%)`,
      'gu',
    )
    rest = rest.replace(whole, ' ')
  }
  return rest
}

interface KnownValue {
  value: number
  kind: 'usd' | 'share' | 'plain'
  /** A part of a whole that was rounded together with the others: it may be off by one place. */
  isPart: boolean
}

function valuesOf(findings: readonly Finding[]): KnownValue[] {
  return findings.flatMap((finding): KnownValue[] => {
    const kind = finding.unit === 'usd' ? 'usd' : finding.unit === 'share' ? 'share' : 'plain'
    const isPart =
      finding.kind === 'contribution' ||
      finding.kind === 'cause' ||
      /^(rest|part|waste|spend|segment_change|without_segments)\./.test(finding.id)
    const own = typeof finding.value === 'number' ? [finding.value] : []
    const bounds = finding.interval ? [finding.interval.low, finding.interval.high] : []
    return [
      ...[...own, ...bounds].map((value) => ({ value, kind, isPart }) satisfies KnownValue),
      ...(finding.share === undefined ? [] : [{ value: finding.share, kind: 'share' as const, isPart: false }]),
      ...(finding.n === undefined ? [] : [{ value: finding.n, kind: 'plain' as const, isPart: false }]),
    ]
  })
}

function isKnown(number: string, values: readonly KnownValue[], step: number): boolean {
  const isDollars = number.includes('$')
  const isPercent = number.includes('%') || number.includes('points')
  const scale = /k$/i.test(number) ? 1000 : /m$/i.test(number) ? 1_000_000 : 1
  const digits = number.replace(/[^\d.]/g, '')
  const shown = Number(digits) * scale
  const decimals = digits.split('.')[1]?.length ?? 0
  const place = placeOf(decimals, scale)
  return values.some(({ value, kind, isPart }) => {
    if (isDollars !== (kind === 'usd') && (isDollars || kind === 'usd')) return false
    if (isPercent && kind !== 'share') return false
    const actual = Math.abs(kind === 'share' && isPercent ? value * 100 : value)
    // Dollars may be rounded to tens or hundreds where the amounts beside them are large.
    const coarsest = kind === 'usd' ? Math.max(place, Math.min(trailingPlace(shown, place), step)) : place
    return Math.abs(actual - shown) <= coarsest * (isPart ? 1 : 0.5) + 1e-9 * Math.max(1, actual)
  })
}

/** The place to which a written number is exact: its last decimal, or one. */
function placeOf(decimals: number, scale: number): number {
  return scale / 10 ** decimals
}

/** Dollars are rounded to thousands at most. */
const COARSEST = 1000

/** 10 for 14,210; 100 for 2,900: a whole number that ends in zeros may have been rounded there, and 0 at any place. */
function trailingPlace(shown: number, place: number): number {
  if (!Number.isInteger(shown) || place < 1) return place
  let rounded = 1
  while (shown % (rounded * 10) === 0 && rounded < COARSEST) rounded *= 10
  return rounded
}
