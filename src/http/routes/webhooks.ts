import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { Problem } from '../../domain/problem.ts'
import type { IngestLoad } from '../../ingest/ingest-load.ts'
import { type Members, readMembers } from '../../ingest/read-members.ts'
import type { Receipt } from '../../ingest/receipt.ts'
import { receiveChanges } from '../../ingest/receive-changes.ts'
import { receiveOperatingMetrics } from '../../ingest/receive-operating-metrics.ts'
import { receiveOutcomes } from '../../ingest/receive-outcomes.ts'
import { receiveOverrides } from '../../ingest/receive-overrides.ts'
import { receiveTraces } from '../../ingest/receive-traces.ts'
import { recordRefusals } from '../../ingest/record-refusals.ts'
import type { Database, Db } from '../../store/client.ts'
import { isTransientError } from '../../store/is-transient-error.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { createPressureGate, type PressureLimits } from '../pressure-gate.ts'
import { rawBody, readBody, takeRawBodies } from '../read-body.ts'
import { isSigned, verifySignature } from '../verify-signature.ts'

export interface WebhookDependencies {
  database: Database
  clock: () => Date
  /** Called after each commit that may have changed facts or memory. Must not throw. */
  afterIngest: () => void
  requireScope: RequireScope
  /** Where set, a call may be signed with it instead of carrying a key. */
  signingSecret?: string | null
  /** Shared with the other routes that take data in. */
  load: IngestLoad
  pressure?: PressureLimits
}

type Receive = (db: Db, members: Members, context: { now: Date; source: string }) => Promise<Receipt>

const WEBHOOKS: Readonly<Record<string, Receive>> = {
  traces: receiveTraces,
  outcomes: receiveOutcomes,
  overrides: receiveOverrides,
  changes: receiveChanges,
  'operating-metrics': receiveOperatingMetrics,
}

/** `POST /webhooks/…`: one object, an array or NDJSON; valid members are kept, invalid ones named. */
export function webhookRoutes(dependencies: WebhookDependencies): FastifyPluginAsync {
  const { database, clock, signingSecret } = dependencies
  const requireKey = dependencies.requireScope('ingest')
  return async (app) => {
    takeRawBodies(app)
    app.addHook('onRequest', createPressureGate(dependencies.load, dependencies.pressure))
    app.addHook('onRequest', async function (request, reply) {
      const checkedLater = signingSecret && isSigned(request.headers)
      if (!checkedLater) await requireKey.call(this, request, reply)
    })
    app.addHook('preHandler', async (request) => {
      if (signingSecret && isSigned(request.headers)) {
        verifySignature(request.headers, rawBody(request), signingSecret, clock())
      }
    })
    for (const [name, receive] of Object.entries(WEBHOOKS)) {
      app.post(`/webhooks/${name}`, async (request, reply) => {
        const context = { now: clock(), source: `webhooks/${name}` }
        const members = await membersOfRequest(request, database.db, context)
        try {
          const receipt = await receive(database.db, members, context)
          if (receipt.accepted > 0) dependencies.afterIngest()
          return receipt
        } catch (error) {
          if (!isTransientError(error)) throw error
          reply.header('retry-after', '2')
          throw new HttpError(
            503,
            'database_unreachable',
            'The database cannot be reached.',
            'Send it again in a moment.',
          )
        }
      })
    }
  }
}

async function membersOfRequest(
  request: FastifyRequest,
  db: Db,
  context: { now: Date; source: string },
): Promise<Members> {
  const text = (await readBody(request)).toString('utf8')
  try {
    return readMembers(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await recordRefusals(db, [{ index: null, path: '', message: error.message, content: text.slice(0, 4096) }], context)
    throw new HttpError(400, error.code, error.message, error.nextStep)
  }
}
