import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { reattributeRuns } from '../../attribution/reattribute-runs.ts'
import { setContractPrices } from '../../attribution/set-contract-prices.ts'
import { ContractPriceInput } from '../../domain/contract-price.ts'
import { toDollars } from '../../domain/money.ts'
import { Timestamp } from '../../domain/timestamp.ts'
import type { Database } from '../../store/client.ts'
import { listContractPrices } from '../../store/queries/list-contract-prices.ts'
import { findReattribution, listReattributions, type Reattribution } from '../../store/queries/reattributions.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { parseOrRefuse, parseStorable } from '../parse-or-refuse.ts'

const Period = z
  .strictObject({ workflow: z.string().min(1).max(255).nullish(), from: Timestamp, to: Timestamp.nullish() })
  .refine((period) => period.to == null || period.from < period.to, { message: 'from must be before to', path: ['to'] })

const PRICE_EXAMPLE =
  'Send {"model": "gpt-4.1", "inputPerMillion": 1.6, "outputPerMillion": 6.4, "validFrom": "2026-01-01T00:00:00Z"}, or a list.'

export interface PriceDependencies {
  database: Database
  requireScope: RequireScope
  clock: () => Date
  /** Called after runs were marked to be priced again, with the request's id. Must not throw. */
  afterReprice: (id: string) => void
}

/**
 * Contract prices, for an admin key: `GET /api/prices`; `PUT /api/prices` with one or a list, in dollars per million
 * tokens; `POST /api/prices/reprice` `{workflow?, from, to?}`, which has existing runs priced again;
 * `GET /api/prices/repricings` and `…/ID`: who asked for that, and what came of it.
 */
export function priceRoutes(dependencies: PriceDependencies): FastifyPluginAsync {
  const { database, clock } = dependencies
  return async (app) => {
    app.addHook('onRequest', dependencies.requireScope('admin'))
    app.get('/api/prices', async () => ({ prices: await listContractPrices(database.db) }))
    app.put('/api/prices', async (request) => {
      // One at a time, so that a refusal names the place in the price and not "none of the alternatives".
      const body = Array.isArray(request.body) ? request.body : [request.body]
      const inputs = parseStorable(z.array(ContractPriceInput).min(1).max(1000), body, PRICE_EXAMPLE)
      const by = request.apiKey?.name ?? 'unknown'
      return { prices: await setContractPrices(database.db, inputs, { by, at: clock() }) }
    })
    app.get('/api/prices/repricings', async () => ({
      repricings: (await listReattributions(database.db, 'prices', 1000)).map(documentRepricing),
    }))
    app.get<{ Params: { id: string } }>('/api/prices/repricings/:id', async ({ params }) => {
      const found = await findReattribution(database.db, params.id)
      if (found?.because === 'prices') return documentRepricing(found)
      throw new HttpError(
        404,
        'unknown_repricing',
        `Nobody asked for a re-pricing "${params.id}".`,
        'GET /api/prices/repricings lists them.',
      )
    })
    app.post('/api/prices/reprice', async (request, reply) => {
      const nextStep = 'Send {"workflow": "claims", "from": "2026-11-01T00:00:00Z", "to": "2026-12-01T00:00:00Z"}.'
      const { workflow, from, to } = parseOrRefuse(Period, request.body, nextStep)
      const { id, runs } = await reattributeRuns(database.db, {
        because: 'prices',
        workflow: workflow ?? null,
        from,
        to: to ?? null,
        requestedBy: request.apiKey?.name ?? 'unknown',
        requestedAt: clock(),
      })
      dependencies.afterReprice(id)
      return reply.code(202).send({ id, runs })
    })
  }
}

/** `result` is null until the last of the runs is done. */
function documentRepricing({ because: _, result, ...request }: Reattribution) {
  if (!result) return { ...request, result }
  const { beforeMicros, nowMicros, ...counts } = result
  return { ...request, result: { ...counts, beforeUsd: toDollars(beforeMicros), nowUsd: toDollars(nowMicros) } }
}
