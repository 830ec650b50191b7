import { createHash } from 'node:crypto'
import { canonicalJson } from '../domain/canonical-json.ts'
import type { OverrideCandidate } from '../domain/override-candidate.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import { collapseCopies } from './collapse-copies.ts'

/** What people said of the steps of a run. Pure: the same for any order and repetition of the spans. */
export function findOverrideCandidates(
  fact: { traceId: string; workflow: string; workItemId: string; decision: string | null },
  copies: readonly StoredSpan[],
): OverrideCandidate[] {
  const { traceId, workflow, workItemId, decision } = fact
  return collapseCopies(copies).flatMap((span) =>
    span.evaluations
      .filter(({ annotator }) => annotator === 'human')
      .map(({ name, label = null, score = null, explanation = null }) => {
        const annotation = { name, label, score, explanation }
        const stepId = span.spanId
        const id = createHash('sha256')
          .update(canonicalJson({ traceId, stepId, annotation }))
          .digest('hex')
          .slice(0, 32)
        const occurredAt = span.endedAt ?? span.startedAt
        return {
          id,
          workflow,
          workItemId,
          traceId,
          stepId,
          agentDecision: decision,
          annotation,
          occurredAt,
          recordedAt: span.recordedAt,
        }
      }),
  )
}
