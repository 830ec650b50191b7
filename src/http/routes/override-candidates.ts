import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { CandidateConfirmation, CandidateDismissal } from '../../domain/override-candidate.ts'
import { recordOverride } from '../../ingest/record-override.ts'
import type { Db } from '../../store/client.ts'
import {
  findOverrideCandidate,
  listOverrideCandidates,
  type StoredCandidate,
  settleOverrideCandidate,
} from '../../store/queries/override-candidates.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'

const Query = z.strictObject({
  workflow: z.string().min(1).max(255).optional(),
  status: z.enum(['open', 'confirmed', 'dismissed']).default('open'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
const EXAMPLE =
  'Send {"actor": "ann", "humanDecision": "approve", "reason": "the hail rider applies"}; only actor is required.'

type Params = { Params: { id: string } }

export interface CandidateDependencies {
  db: Db
  requireScope: RequireScope
  clock: () => Date
  /** Called after an override was recorded. Must not throw. */
  afterConfirmation: () => void
}

/**
 * Annotations that people made of agents' steps: `GET /api/override-candidates?workflow=&status=&limit=` lists them;
 * `POST …/ID/confirm` makes an override of one, which takes the scope of sending overrides, and `POST …/ID/dismiss` ends it.
 */
export function overrideCandidateRoutes(dependencies: CandidateDependencies): FastifyPluginAsync {
  const { db, requireScope, clock } = dependencies
  return async (app) => {
    app.get('/api/override-candidates', { onRequest: requireScope('read') }, async ({ query }) => ({
      candidates: await listOverrideCandidates(
        db,
        parseOrRefuse(Query, query, 'For example ?workflow=claims&status=open'),
      ),
    }))
    app.post<Params>(
      '/api/override-candidates/:id/confirm',
      { onRequest: requireScope('ingest') },
      async ({ params, body }) => {
        const said = parseOrRefuse(CandidateConfirmation, body, EXAMPLE)
        const candidate = await findOpen(db, params.id)
        const { override, duplicate } = await recordOverride(db, overrideFrom(candidate, said), clock())
        // A crash between the two leaves the candidate open; confirming it again finds the same override.
        await settleOverrideCandidate(db, candidate.id, {
          status: 'confirmed',
          settledBy: override.actor,
          settledAt: clock(),
        })
        dependencies.afterConfirmation()
        return { override, duplicate }
      },
    )
    app.post<Params>(
      '/api/override-candidates/:id/dismiss',
      { onRequest: requireScope('ingest') },
      async ({ params, body }) => {
        const { actor } = parseOrRefuse(CandidateDismissal, body, 'Send {"actor": "ann"}.')
        const candidate = await findOpen(db, params.id)
        await settleOverrideCandidate(db, candidate.id, { status: 'dismissed', settledBy: actor, settledAt: clock() })
        return { dismissed: true }
      },
    )
  }
}

async function findOpen(db: Db, id: string): Promise<StoredCandidate> {
  const candidate = await findOverrideCandidate(db, id)
  if (!candidate) {
    throw new HttpError(
      404,
      'unknown_candidate',
      `There is no override candidate "${id}".`,
      'GET /api/override-candidates lists them.',
    )
  }
  if (candidate.status === 'open') return candidate
  const when = candidate.settledAt?.toISOString()
  throw new HttpError(
    409,
    'candidate_settled',
    `${candidate.settledBy} ${candidate.status} it on ${when}.`,
    'Record another override by POST /webhooks/overrides if that was wrong.',
  )
}

function overrideFrom(candidate: StoredCandidate, said: CandidateConfirmation) {
  const { annotation } = candidate
  const agentDecision = said.agentDecision ?? candidate.agentDecision
  const humanDecision = said.humanDecision ?? annotation.label
  const reason = said.reason ?? annotation.explanation
  if (!agentDecision) throw missing('agentDecision', 'The run stated no decision.')
  if (!humanDecision) throw missing('humanDecision', 'The annotation has no label.')
  if (!reason) throw missing('reason', 'The annotation has no explanation.')
  const { workflow, workItemId, traceId, stepId, occurredAt } = candidate
  const { rule, minutes, actor } = said
  const id = `annotation-${candidate.id}`
  return {
    id,
    workflow,
    workItemId,
    traceId,
    stepId,
    agentDecision,
    humanDecision,
    reason,
    rule,
    minutes,
    actor,
    occurredAt,
  }
}

function missing(path: string, why: string): HttpError {
  return new HttpError(400, 'bad_request', `${why} Say ${path}.`, EXAMPLE, path)
}
