import { z } from 'zod'

/** What a person said of a step in an observability tool: it may be a correction, once somebody confirms it. */
export interface OverrideCandidate {
  /** Follows from what was said and where, so that a copy of the span makes no second one. */
  id: string
  workflow: string
  workItemId: string
  traceId: string
  stepId: string
  /** The run's decision; null where it stated none. */
  agentDecision: string | null
  annotation: { name: string; label: string | null; score: number | null; explanation: string | null }
  /** The end of the annotated step: when the annotation was made is seldom sent. */
  occurredAt: Date
  recordedAt: Date
}

/** Body of `POST /api/override-candidates/ID/confirm`. What is left out comes from the run and the annotation. */
export const CandidateConfirmation = z.strictObject({
  agentDecision: z.string().min(1).max(2000).optional(),
  humanDecision: z.string().min(1).max(2000).optional(),
  reason: z.string().min(1).max(10_000).optional(),
  rule: z.string().max(255).nullish(),
  minutes: z.number().nonnegative().max(100_000).nullish(),
  actor: z.string().min(1).max(255),
})
export type CandidateConfirmation = z.infer<typeof CandidateConfirmation>

/** Body of `POST /api/override-candidates/ID/dismiss`. */
export const CandidateDismissal = z.strictObject({ actor: z.string().min(1).max(255) })
