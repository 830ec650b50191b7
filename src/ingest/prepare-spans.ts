import type { Span } from '../domain/span.ts'
import { fullestByKey, isFuller, type SpanCopy, spanKey } from '../domain/span-copy.ts'
import { spanTexts } from '../store/queries/span-texts.ts'
import type { PreparedSpan } from '../store/queries/trace-part.ts'
import { sha256 } from './content-hash.ts'
import { fullnessOf } from './fullness.ts'
import { redactSpan } from './redact-span.ts'
import type { Redaction } from './redaction.ts'

/** A span as it will be stored: redacted by its workflow's rules (without any: strictly), cut, and weighed against other copies of itself. */
export function prepareSpan(span: Span, redaction?: Redaction): PreparedSpan {
  const redacted = redactSpan(span, redaction)
  const texts = spanTexts(redacted)
  const { facts } = texts.facts.includes(':null') ? spanTexts(withoutUnknowns(redacted)) : texts
  return {
    traceId: redacted.traceId,
    spanId: redacted.spanId,
    fullness: fullnessOf(redacted),
    contentHash: sha256(`${facts}${texts.payload ?? ''}`).slice(0, 32),
    ...texts,
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

/** Whether it says more than the copy that is known, if any. */
export function isNews(copy: SpanCopy, known: ReadonlyMap<string, SpanCopy>): boolean {
  const stored = known.get(spanKey(copy))
  return !stored || isFuller(copy, stored)
}

/** One copy of each span, the fullest, in an order that every writer shares so that none waits for another in a ring. */
export function fullestCopies(spans: readonly PreparedSpan[]): PreparedSpan[] {
  return [...fullestByKey(spans).values()].sort((a, b) => compare(a.traceId, b.traceId) || compare(a.spanId, b.spanId))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
