import { isFuller } from '../domain/span-copy.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'

/**
 * In order of start; spans that start together in order of id, so that any order of arrival reads the same. Numbers in
 * ids count as numbers: steps without times are named by their place (`2` before `10`).
 */
export function compareSpans(a: StoredSpan, b: StoredSpan): number {
  return a.startedAt.getTime() - b.startedAt.getTime() || compareNumbered(a.spanId, b.spanId)
}

function compareNumbered(a: string, b: string): number {
  const left = a.match(DIGITS_OR_NOT) ?? []
  const right = b.match(DIGITS_OR_NOT) ?? []
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [one, other] = [left[index]!, right[index]!]
    const bothNumbers = isDigit(one) && isDigit(other)
    const order = bothNumbers ? compareDigits(one, other) : compareText(one, other)
    if (order !== 0) return order
  }
  return left.length - right.length || compareText(a, b)
}

const DIGITS_OR_NOT = /\d+|\D+/g
const isDigit = (text: string): boolean => text >= '0' && text < ':'

/** Of any length: an id may hold more digits than a number can. */
function compareDigits(a: string, b: string): number {
  const [one, other] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  return one.length - other.length || compareText(one, other)
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** One copy of each span, the fullest (ties: the greater hash), in order of start. */
export function collapseCopies(spans: readonly StoredSpan[]): StoredSpan[] {
  const fullest = new Map<string, StoredSpan>()
  for (const span of spans) {
    const kept = fullest.get(span.spanId)
    if (!kept || isFuller(span, kept)) fullest.set(span.spanId, span)
  }
  return [...fullest.values()].sort(compareSpans)
}
