/** What tells copies of spans apart, and which of them says more. */
export interface SpanCopy {
  traceId: string
  spanId: string
  /** How much the copy says. */
  fullness: number
  contentHash: string
}

/** The fuller copy wins; ties go to the greater hash, so that the order of arrival never matters. */
export function isFuller(copy: SpanCopy, than: SpanCopy): boolean {
  if (copy.fullness !== than.fullness) return copy.fullness > than.fullness
  return copy.contentHash > than.contentHash
}

export const spanKey = (span: Pick<SpanCopy, 'traceId' | 'spanId'>): string => `${span.traceId}\n${span.spanId}`

/** The fullest copy of each span, by `spanKey`. */
export function fullestByKey<Copy extends SpanCopy>(copies: readonly Copy[]): Map<string, Copy> {
  const fullest = new Map<string, Copy>()
  for (const copy of copies) {
    const key = spanKey(copy)
    const known = fullest.get(key)
    if (!known || isFuller(copy, known)) fullest.set(key, copy)
  }
  return fullest
}
