import type { FastifyPluginAsync } from 'fastify'
import type { Database } from '../../store/client.ts'
import type { RequireScope } from '../authenticate.ts'
import { DeadLetterQuery } from '../dead-letter-cursor.ts'
import { listDeadLettersFrom } from '../load-dead-letters.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'

/**
 * `GET /api/dead-letters?source=&limit=&after=`: what was refused and why, newest first. Where there is more, `next` is what to
 * send as `after`.
 */
export function deadLetterRoutes(dependencies: { database: Database; requireScope: RequireScope }): FastifyPluginAsync {
  return async (app) => {
    app.get('/api/dead-letters', { onRequest: dependencies.requireScope('read') }, async (request) => {
      const nextStep = 'For example ?source=webhooks/traces&limit=100; all are optional.'
      const { source, after, limit = 100 } = parseOrRefuse(DeadLetterQuery, request.query, nextStep)
      const { letters, next } = await listDeadLettersFrom(dependencies.database.db, { source, after, limit })
      return {
        deadLetters: letters.map(({ memberIndex, recordedAt, ...letter }) => ({
          ...letter,
          index: memberIndex,
          recordedAt: recordedAt.toISOString(),
        })),
        next,
      }
    })
  }
}
