import type { FastifyPluginAsync } from 'fastify'
import { verifyAuditChain } from '../../memory/verify-audit-chain.ts'
import type { Database } from '../../store/client.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'

/** `GET /api/audit/verify[?head=HASH]`: the override chain, verified; HASH is a head that the caller noted earlier. */
export function auditRoutes(dependencies: { database: Database; requireScope: RequireScope }): FastifyPluginAsync {
  const { database, requireScope } = dependencies
  return async (app) => {
    app.get<{ Querystring: { head?: string } }>(
      '/api/audit/verify',
      { preHandler: requireScope('read') },
      async (request) => {
        const { head } = request.query
        if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) {
          throw new HttpError(400, 'bad_head', 'head must be 64 hexadecimal digits.', undefined, 'head')
        }
        return verifyAuditChain(database.db, head === undefined ? {} : { expectedHead: head })
      },
    )
  }
}
