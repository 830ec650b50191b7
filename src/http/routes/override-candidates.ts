import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { CandidateConfirmation, CandidateDismissal } from '../../domain/override-candidate.ts'
import { CandidateProblem, confirmCandidate, dismissCandidate } from '../../ingest/settle-candidate.ts'
import type { Db } from '../../store/client.ts'
import { listOverrideCandidates } from '../../store/queries/override-candidates.ts'
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
        const { override, duplicate } = await orRefuse(confirmCandidate(db, params.id, said, clock))
        dependencies.afterConfirmation()
        return { override, duplicate }
      },
    )
    app.post<Params>(
      '/api/override-candidates/:id/dismiss',
      { onRequest: requireScope('ingest') },
      async ({ params, body }) => {
        const { actor } = parseOrRefuse(CandidateDismissal, body, 'Send {"actor": "ann"}.')
        await orRefuse(dismissCandidate(db, params.id, actor, clock()))
        return { dismissed: true }
      },
    )
  }
}

/** The status that each reason has: not there, settled already, or something is left to say. */
const STATUS: Record<string, number> = { unknown_candidate: 404, candidate_settled: 409, incomplete_candidate: 400 }

async function orRefuse<Result>(settling: Promise<Result>): Promise<Result> {
  try {
    return await settling
  } catch (error) {
    if (!(error instanceof CandidateProblem)) throw error
    const { code, message, nextStep, field } = error
    const said = code === 'incomplete_candidate' ? 'bad_request' : code
    throw new HttpError(STATUS[code] ?? 400, said, message, nextStep, field ?? undefined)
  }
}
