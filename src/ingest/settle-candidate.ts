import type { Override } from '../domain/override.ts'
import type { CandidateConfirmation, OverrideCandidate } from '../domain/override-candidate.ts'
import { Problem } from '../domain/problem.ts'
import type { Db } from '../store/client.ts'
import {
  findOverrideCandidate,
  type StoredCandidate,
  settleOverrideCandidate,
} from '../store/queries/override-candidates.ts'
import { recordOverride } from './record-override.ts'

/** Why a candidate could not be settled: it is not there, somebody settled it, or a field is said nowhere. */
export class CandidateProblem extends Problem {
  /** The missing field; null where the candidate itself is the matter. */
  readonly field: string | null

  constructor(
    code: 'unknown_candidate' | 'candidate_settled' | 'incomplete_candidate',
    message: string,
    nextStep: string,
    field: string | null = null,
  ) {
    super(code, message, { nextStep })
    this.name = 'CandidateProblem'
    this.field = field
  }
}

/**
 * Makes an override of what a person said of a step; what is left out is taken from the run and the annotation. Throws a
 * CandidateProblem. Confirming it again after a crash between the two writes finds the same override.
 */
export async function confirmCandidate(
  db: Db,
  id: string,
  said: CandidateConfirmation,
  clock: () => Date,
): Promise<{ override: Override; duplicate: boolean }> {
  const candidate = await requireOpenCandidate(db, id)
  const recorded = await recordOverride(db, overrideFrom(candidate, said), clock())
  const settled = { status: 'confirmed' as const, settledBy: recorded.override.actor, settledAt: clock() }
  await settleOverrideCandidate(db, candidate.id, settled)
  return recorded
}

/** Says that it is no correction. Throws a CandidateProblem. */
export async function dismissCandidate(db: Db, id: string, actor: string, now: Date): Promise<StoredCandidate> {
  const candidate = await requireOpenCandidate(db, id)
  const settled = { status: 'dismissed' as const, settledBy: actor, settledAt: now }
  // Where somebody settled it meanwhile, asking again says who and how.
  if (!(await settleOverrideCandidate(db, candidate.id, settled))) return requireOpenCandidate(db, id)
  return candidate
}

export async function requireOpenCandidate(db: Db, id: string): Promise<StoredCandidate> {
  const candidate = await findOverrideCandidate(db, id)
  if (!candidate) {
    throw new CandidateProblem(
      'unknown_candidate',
      `There is no override candidate "${id}".`,
      'GET /api/override-candidates lists them, and so does /docket annotations in Slack.',
    )
  }
  if (candidate.status === 'open') return candidate
  throw new CandidateProblem(
    'candidate_settled',
    `${candidate.settledBy} ${candidate.status} it on ${candidate.settledAt?.toISOString()}.`,
    'Record another override by POST /webhooks/overrides or /override if that was wrong.',
  )
}

function overrideFrom(candidate: OverrideCandidate, said: CandidateConfirmation) {
  const { annotation, workflow, workItemId, traceId, stepId, occurredAt } = candidate
  const agentDecision = said.agentDecision ?? candidate.agentDecision
  const humanDecision = said.humanDecision ?? annotation.label
  const reason = said.reason ?? annotation.explanation
  if (!agentDecision) throw missing('agentDecision', 'The run stated no decision.')
  if (!humanDecision) throw missing('humanDecision', 'The annotation has no label.')
  if (!reason) throw missing('reason', 'The annotation has no explanation.')
  return {
    ...{ id: `annotation-${candidate.id}`, workflow, workItemId, traceId, stepId, occurredAt },
    ...{ agentDecision, humanDecision, reason, rule: said.rule, minutes: said.minutes, actor: said.actor },
  }
}

function missing(field: string, why: string): CandidateProblem {
  return new CandidateProblem(
    'incomplete_candidate',
    `${why} Say ${field}.`,
    'Send {"actor": "ann", "humanDecision": "approve", "reason": "the hail rider applies"}; only actor is required.',
    field,
  )
}
