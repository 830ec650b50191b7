import type { FastifyInstance } from 'fastify'
import { createRequireScope } from '../../src/http/authenticate.ts'
import { deadLetterRoutes } from '../../src/http/routes/dead-letters.ts'
import { otlpRoutes } from '../../src/http/routes/otlp.ts'
import { webhookRoutes } from '../../src/http/routes/webhooks.ts'
import { createServer } from '../../src/http/server.ts'
import { createIngestLoad } from '../../src/ingest/ingest-load.ts'
import type { Database } from '../../src/store/client.ts'

export const NOW = new Date('2026-11-20T12:00:00Z')
export const INGEST_KEY = 'ingest-key'
export const READ_KEY = 'read-key'
export const SIGNING_SECRET = 'a shared secret'

/** The routes that take data in, on a server with two keys. `failures` collects what was answered with 5xx. */
export async function createIngestServer(
  database: Database,
  options: { pressure?: { calls: number; bytes: number }; clock?: () => Date } = {},
): Promise<{ app: FastifyInstance; failures: unknown[]; ingested: () => number }> {
  const failures: unknown[] = []
  let ingested = 0
  const app = createServer({ logger: { error: (details) => failures.push(details) }, onAnswered: () => {} })
  const dependencies = {
    database,
    clock: options.clock ?? (() => NOW),
    afterIngest: () => {
      ingested += 1
    },
    requireScope: createRequireScope(async (key) => {
      if (key === INGEST_KEY) return { id: '1', name: 'ingest', scopes: ['ingest'] }
      return key === READ_KEY ? { id: '2', name: 'read', scopes: ['read'] } : null
    }),
    signingSecret: SIGNING_SECRET,
    load: createIngestLoad(),
    ...(options.pressure && { pressure: options.pressure }),
  }
  await app.register(webhookRoutes(dependencies))
  await app.register(otlpRoutes({ ...dependencies, onFault: (error) => failures.push(error) }))
  await app.register(deadLetterRoutes(dependencies))
  await app.ready()
  return { app, failures, ingested: () => ingested }
}

export const withKey = (key = INGEST_KEY) => ({ authorization: `Bearer ${key}` })
