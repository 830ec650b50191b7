import type { Unit } from '../domain/finding.ts'
import { formatDollars } from './format-money.ts'

export const UNKNOWN = 'unknown'

/** `91 %`; a tenth where a whole per cent would say all or nothing that is not so. */
export function formatShare(share: number): string {
  const percent = share * 100
  const rounded = Math.round(percent)
  const misleads = (rounded === 100 && share < 1) || (rounded === 0 && share > 0) || Math.abs(percent) < 10
  return `${misleads ? trimZeros(percent.toFixed(1)) : rounded} %`
}

/** `9,310`. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US')
}

/** `6.4`, `1.31`, `38`. */
export function formatRatio(ratio: number): string {
  if (Math.abs(ratio) >= 1000) return formatCount(ratio)
  return trimZeros(ratio.toFixed(Math.abs(ratio) >= 10 ? 0 : Math.abs(ratio) >= 3 ? 1 : 2))
}

/** A value with its unit, for sentences and for cells. Unknown is said, never 0. */
export function formatValue(value: number | string | null, unit: Unit): string {
  if (value === null) return UNKNOWN
  if (typeof value === 'string') return value
  if (unit === 'usd') return formatDollars(value)
  if (unit === 'share') return formatShare(value)
  if (unit === 'ratio') return formatRatio(value)
  if (unit === 'minutes') return `${Math.abs(value) >= 10 ? formatCount(value) : formatRatio(value)} min`
  if (unit === 'days') return `${formatRatio(value)} days`
  if (Number.isInteger(value) || Math.abs(value) >= 100) return formatCount(value)
  return formatRatio(value)
}

/** "1 claim", "1,904 claims". */
export function countOf(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${Math.round(count) === 1 ? one : many}`
}

/** "6.4 points": how far one share is from another. */
export function formatPoints(difference: number): string {
  const points = Math.abs(difference) * 100
  return `${trimZeros(points.toFixed(points < 10 ? 1 : 0))} points`
}

/** "a claim", "an invoice". */
export function withArticle(noun: string): string {
  return `${/^[aeio]|^u(?!ni|se)/i.test(noun) ? 'an' : 'a'} ${noun}`
}

/** "first", "second", "11th". */
export function ordinal(number: number): string {
  const words = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
  return words[number - 1] ?? `${number}th`
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
