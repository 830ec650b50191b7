import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../store/client.ts'
import { listDeadLetters } from '../../store/queries/dead-letters.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'

const Query = z.object({
  source: z.string().max(255).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

/** `GET /api/dead-letters?source=&limit=`: what was refused and why, newest first. */
export function deadLetterRoutes(dependencies: { database: Database; requireScope: RequireScope }): FastifyPluginAsync {
  return async (app) => {
    app.get('/api/dead-letters', { onRequest: dependencies.requireScope('read') }, async (request) => {
      const query = Query.safeParse(request.query)
      if (!query.success) {
        const [issue] = query.error.issues
        throw new HttpError(400, 'bad_query', issue!.message, undefined, issue!.path.join('.'))
      }
      const letters = await listDeadLetters(dependencies.database.db, query.data)
      return {
        deadLetters: letters.map(({ memberIndex, recordedAt, ...letter }) => ({
          ...letter,
          index: memberIndex,
          recordedAt: recordedAt.toISOString(),
        })),
      }
    })
  }
}
