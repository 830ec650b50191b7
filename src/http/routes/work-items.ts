import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { loadWorkItem } from '../../attribution/load-work-item.ts'
import { Instant } from '../../domain/timestamp.ts'
import type { Database, Db } from '../../store/client.ts'
import { findNearestWorkItems } from '../../store/queries/find-nearest-work-items.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'
import { sendExport } from '../send-export.ts'

const Query = z.object({ asOf: Instant.optional(), knownAt: Instant.optional() })

/** `GET /api/work-items/WORKFLOW/ID[?knownAt=&asOf=]`: the whole decision trace of one work item; `…/ID/export` the same with its
 * proof, as a file. */
export function workItemRoutes(dependencies: {
  database: Database
  clock: () => Date
  requireScope: RequireScope
}): FastifyPluginAsync {
  const { db } = dependencies.database
  return async (app) => {
    app.get<{ Params: { workflow: string; id: string } }>(
      '/api/work-items/:workflow/:id',
      { onRequest: dependencies.requireScope('read') },
      async ({ params, query }) => {
        const { asOf, knownAt } = parseOrRefuse(Query, query, 'Send ?knownAt=2026-11-17T09:00:00Z, or nothing for now.')
        refuseNul(params)
        const item = await loadWorkItem(db, params.workflow, params.id, {
          asOf: asOf ?? null,
          knownAt: knownAt ?? null,
        })
        if (!item) throw await unknownWorkItem(db, params.workflow, params.id, knownAt)
        return item
      },
    )
    app.get<{ Params: { workflow: string; id: string } }>(
      '/api/work-items/:workflow/:id/export',
      { onRequest: dependencies.requireScope('read') },
      async ({ params, query }, reply) => {
        refuseNul(params)
        return sendExport({ db, clock: dependencies.clock }, params, query, reply)
      },
    )
  }
}

/** No id has one, and Postgres takes none in a parameter. */
function refuseNul({ workflow, id }: { workflow: string; id: string }): void {
  if (`${workflow}${id}`.includes('\u0000')) {
    throw new HttpError(404, 'unknown_work_item', 'No work item has a NUL character in its id.', 'Check the id.')
  }
}

async function unknownWorkItem(db: Db, workflow: string, id: string, knownAt: Date | undefined): Promise<HttpError> {
  const nearest = await findNearestWorkItems(db, id, { workflow })
  const found = nearest.length > 0 ? nearest : await findNearestWorkItems(db, id)
  const when = knownAt ? ` that was known at ${knownAt.toISOString()}` : ''
  const names = found.map((item) =>
    item.workflow === workflow ? item.workItemId : `${item.workItemId} (${item.workflow})`,
  )
  return new HttpError(
    404,
    'unknown_work_item',
    `There is no work item "${id}" in "${workflow}"${when}.`,
    names.length > 0
      ? `Nearest: ${names.join(', ')}.`
      : 'Check the id. An item is known a few seconds after its first trace, outcome or override.',
  )
}
