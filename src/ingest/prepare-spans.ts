import type { Span } from '../domain/span.ts'
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

/** What tells copies of spans apart, and which of them says more. */
export interface Copy {
  traceId: string
  spanId: string
  fullness: number
  contentHash: string
}

/** The fuller copy wins; ties go to the greater hash, so that the order of arrival never matters. */
function isFuller(copy: Copy, than: Copy): boolean {
  if (copy.fullness !== than.fullness) return copy.fullness > than.fullness
  return copy.contentHash > than.contentHash
}

export const spanKey = (span: { traceId: string; spanId: string }) => `${span.traceId}\n${span.spanId}`

/** Whether it says more than the copy that is known, if any. */
export function isNews(copy: Copy, known: ReadonlyMap<string, Copy>): boolean {
  const stored = known.get(spanKey(copy))
  return !stored || isFuller(copy, stored)
}

/** One copy of each span, the fullest, in an order that every writer shares so that none waits for another in a ring. */
export function fullestCopies(spans: readonly PreparedSpan[]): PreparedSpan[] {
  return [...fullestByKey(spans).values()].sort((a, b) => compare(a.traceId, b.traceId) || compare(a.spanId, b.spanId))
}

/** The fullest copy of each span, by `spanKey`. */
export function fullestByKey<One extends Copy>(copies: readonly One[]): Map<string, One> {
  const fullest = new Map<string, One>()
  for (const copy of copies) if (isNews(copy, fullest)) fullest.set(spanKey(copy), copy)
  return fullest
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
