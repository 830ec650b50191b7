import type { StoredSpan } from '../store/queries/stored-span.ts'

/** Of a span that came in several copies, the one that says most: whatever the order of arrival. */
export function fullestCopies(copies: readonly StoredSpan[]): StoredSpan[] {
  const fullest = new Map<string, StoredSpan>()
  for (const copy of copies) {
    const key = JSON.stringify([copy.traceId, copy.spanId])
    const known = fullest.get(key)
    const isFuller =
      !known ||
      copy.fullness > known.fullness ||
      (copy.fullness === known.fullness && copy.contentHash > known.contentHash)
    if (isFuller) fullest.set(key, copy)
  }
  return [...fullest.values()]
}
