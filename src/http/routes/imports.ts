import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { createImportReceiver, ImportInstructions } from '../../ingest/create-import-receiver.ts'
import type { Db } from '../../store/client.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'
import { BODY_LIMIT } from '../read-body.ts'

const Batch = z.strictObject({
  instructions: ImportInstructions,
  members: z.array(
    z.union([
      z.strictObject({ index: z.int(), value: z.unknown() }),
      z.strictObject({ index: z.int(), unreadable: z.string() }),
    ]),
  ),
})

/** `POST /api/imports`: one batch of `docket import`, when a server holds the embedded database that it would fill. */
export function importRoutes(dependencies: {
  db: Db
  requireScope: RequireScope
  clock: () => Date
  afterIngest: () => void
}): FastifyPluginAsync {
  const { db, requireScope, clock, afterIngest } = dependencies
  return async (app) => {
    // The server's own parser refuses a whole body where any member has a key such as `__proto__`; as by the webhooks, each
    // member is judged by itself.
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_request, body, done) => {
        try {
          done(null, JSON.parse(body.toString()))
        } catch (cause) {
          const message = `The body is not JSON: ${(cause as Error).message}.`
          done(new HttpError(400, 'unreadable_body', message, 'Use: npm run docket -- import FILE'))
        }
      },
    )
    app.post('/api/imports', { preHandler: requireScope('ingest'), bodyLimit: BODY_LIMIT }, async (request) => {
      const { instructions, members } = parseOrRefuse(Batch, request.body, 'Use: npm run docket -- import FILE')
      const receipt = await createImportReceiver(instructions)(db, members, { now: clock(), source: 'import' })
      afterIngest()
      return receipt
    })
  }
}
