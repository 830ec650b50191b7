import type { Span } from '../domain/span.ts'
import type { SpanRow } from '../store/queries/insert-spans.ts'
import { spanCells } from '../store/queries/span-cells.ts'
import { sha256 } from './content-hash.ts'
import { fullnessOf } from './fullness.ts'
import { redactSpan } from './redact-span.ts'
import type { Redaction } from './redaction.ts'

/** A span as it will be stored: redacted by its workflow's rules (without any: strictly), cut, and weighed against other copies of itself. */
export function prepareSpan(span: Span, redaction?: Redaction): SpanRow {
  const redacted = redactSpan(span, redaction)
  const cells = spanCells(redacted)
  return {
    traceId: redacted.traceId,
    spanId: redacted.spanId,
    fullness: fullnessOf(redacted),
    contentHash: sha256(cells.includes(':null') ? spanCells(withoutUnknowns(redacted)) : cells).slice(0, 32),
    cells,
  }
}

/** Whether an unknown is null or absent makes no difference to what a span says. */
function withoutUnknowns(span: Span): Span {
  const { documents, tool, decision, evaluations, attributes, context } = span
  return {
    ...span,
    ...(withoutNulls({ documents, tool, decision, evaluations, attributes, context }) as Partial<Span>),
  }
}

function withoutNulls(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(withoutNulls)
  const known = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(known.map(([key, member]) => [key, withoutNulls(member)]))
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
    const key = spanKey(row)
    const kept = byKey.get(key)
    if (!kept || isFuller(row, kept)) byKey.set(key, row)
  }
  return [...byKey.values()].sort((a, b) => compare(a.traceId, b.traceId) || compare(a.spanId, b.spanId))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
