import { expect, it } from 'vitest'
import { healthRoutes } from '../../../src/http/routes/health.ts'
import { createServer } from '../../../src/http/server.ts'

async function askReady(parts: { notes: () => Promise<Record<string, string>>; database?: () => Promise<unknown> }) {
  const app = createServer({ logger: { error: () => {} }, onAnswered: () => {} })
  await app.register(
    healthRoutes({
      checks: { database: parts.database ?? (async () => {}) },
      notes: parts.notes,
      metricsText: async () => '',
      metricsContentType: 'text/plain',
    }),
  )
  const reply = await app.inject('/readyz')
  await app.close()
  return { status: reply.statusCode, body: reply.json() as unknown }
}

it('says what works, and what whoever runs it should know', async () => {
  const ready = await askReady({ notes: async () => ({ records: 'guarded' }) })
  expect(ready).toEqual({ status: 200, body: { status: 'ready', database: 'ok', records: 'guarded' } })
})

it('is ready without its notes, and says why they are missing', async () => {
  const ready = await askReady({ notes: async () => Promise.reject(new Error('no such table')) })
  expect(ready).toEqual({
    status: 200,
    body: { status: 'ready', database: 'ok', notes: 'not known: no such table' },
  })
})

it('is not ready where a part does not work, and names it', async () => {
  const down = await askReady({
    notes: async () => ({}),
    database: async () => Promise.reject(new Error('connection refused')),
  })
  expect(down).toEqual({ status: 503, body: { status: 'not ready', database: 'connection refused' } })
})
