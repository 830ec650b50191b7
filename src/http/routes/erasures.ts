import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { erasePerson } from '../../memory/erase-person.ts'
import type { Db } from '../../store/client.ts'
import type { RequireScope } from '../authenticate.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'

const Body = z.strictObject({ person: z.string().trim().min(2).max(255) })

/**
 * `POST /api/erasures {person}`, for an admin key: replaces a person's name and words by tombstones, which the audit chain
 * records. It cannot be undone. `afterErasure` is called once it is committed, so that entries are made again.
 */
export function erasureRoutes(dependencies: {
  db: Db
  requireScope: RequireScope
  clock: () => Date
  afterErasure: () => void
}): FastifyPluginAsync {
  const { db, clock, requireScope, afterErasure } = dependencies
  return async (app) => {
    app.post('/api/erasures', { preHandler: requireScope('admin') }, async ({ body }) => {
      const { person } = parseOrRefuse(Body, body, 'Send {"person": "Dana Okafor"}: the name as overrides show it.')
      const erasure = await erasePerson(db, person, clock())
      afterErasure()
      return erasure
    })
  }
}
