import type { SpanStatus } from '../domain/span.ts'
import type { StoredSpan } from '../store/queries/load-trace-spans.ts'

/**
 * Status of the whole run where the emitter gives none: that of the last span without a parent, since an earlier failure
 * was overcome. A span that ended without an error is ok; one that has not ended says nothing.
 */
export function findRunStatus(stated: SpanStatus | null, roots: readonly StoredSpan[]): SpanStatus {
  if (stated && stated !== 'unset') return stated
  const last = roots.filter((span) => !span.synthetic).at(-1)
  if (!last) return 'unset'
  return last.status === 'unset' && last.endedAt ? 'ok' : last.status
}
