import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { Scope } from '../../domain/access.ts'
import type { Db } from '../../store/client.ts'
import { insertApiKey, listApiKeys, revokeApiKey } from '../../store/queries/api-keys.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'

const NewKey = z.strictObject({
  name: z.string().trim().min(1).max(255).default('unnamed'),
  scopes: z.array(Scope).min(1),
})

/** Keys over HTTP, for an admin key. The key itself is in the answer to its making, and nowhere else. */
export function keyRoutes(dependencies: { db: Db; requireScope: RequireScope; clock: () => Date }): FastifyPluginAsync {
  const { db, requireScope, clock } = dependencies
  return async (app) => {
    app.addHook('preHandler', requireScope('admin'))
    app.get('/api/keys', async () => ({ keys: await listApiKeys(db) }))
    app.post('/api/keys', async (request, reply) => {
      const key = parseOrRefuse(NewKey, request.body, 'Send {"name": "…", "scopes": ["ingest"]}.')
      return reply.code(201).send(await insertApiKey(db, key, clock()))
    })
    app.delete<{ Params: { id: string } }>('/api/keys/:id', async (request, reply) => {
      if (!(await revokeApiKey(db, request.params.id, clock()))) {
        throw new HttpError(
          404,
          'unknown_key',
          'There is no such key, or it was revoked before.',
          'GET /api/keys lists them.',
        )
      }
      return reply.code(204).send()
    })
  }
}
