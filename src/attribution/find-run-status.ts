import type { SpanStatus } from '../domain/span.ts'
import type { SpanTree } from './build-span-tree.ts'
import { compareSpans } from './collapse-copies.ts'

/**
 * Status of the whole run where the emitter gives none: that of the last span at the top, since an earlier failure was
 * overcome. A span that ended without an error is ok; one that has not ended says nothing.
 */
export function findRunStatus(stated: SpanStatus | null, tree: SpanTree): SpanStatus {
  if (stated && stated !== 'unset') return stated
  const last = tree.postOrder
    .filter((span) => !span.synthetic && (tree.parentOf.get(span.spanId)?.synthetic ?? true))
    .sort(compareSpans)
    .at(-1)
  if (!last) return 'unset'
  return last.status === 'unset' && last.endedAt ? 'ok' : last.status
}
