import type { Span } from '../domain/span.ts'
import type { SpanRow } from '../store/queries/insert-spans.ts'
import { contentHash } from './content-hash.ts'
import { fullnessOf } from './fullness.ts'
import { redactSpan } from './redact-span.ts'

/** A span as it will be stored: redacted, cut, and weighed against other copies of itself. */
export function prepareSpan(span: Span): SpanRow {
  const redacted = redactSpan(span)
  return { ...redacted, fullness: fullnessOf(redacted), contentHash: contentHash(redacted) }
}

export interface Copy {
  fullness: number
  contentHash: string
}

/** The fuller copy wins; ties go to the greater hash, so that the order of arrival never matters. */
export function isFuller(copy: Copy, than: Copy): boolean {
  if (copy.fullness !== than.fullness) return copy.fullness > than.fullness
  return copy.contentHash > than.contentHash
}

export const spanKey = (span: { traceId: string; spanId: string }) => `${span.traceId}\n${span.spanId}`

/** One copy of each span, the fullest, in an order that every writer shares so that none waits for another in a ring. */
export function fullestCopies(rows: readonly SpanRow[]): SpanRow[] {
  const byKey = new Map<string, SpanRow>()
  for (const row of rows) {
    const kept = byKey.get(spanKey(row))
    if (!kept || isFuller(row, kept)) byKey.set(spanKey(row), row)
  }
  return [...byKey.values()].sort((a, b) => compare(a.traceId, b.traceId) || compare(a.spanId, b.spanId))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
