import type { StoredSpan } from '../store/queries/load-trace-spans.ts'

/** In order of start; spans that start together in order of id, so that any order of arrival reads the same. */
export function compareSpans(a: StoredSpan, b: StoredSpan): number {
  return a.startedAt.getTime() - b.startedAt.getTime() || compareText(a.spanId, b.spanId)
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

function isFuller(span: StoredSpan, than: StoredSpan): boolean {
  if (span.fullness !== than.fullness) return span.fullness > than.fullness
  return span.contentHash > than.contentHash
}
