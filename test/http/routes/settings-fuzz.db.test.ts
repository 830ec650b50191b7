import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRequireScope } from '../../../src/http/authenticate.ts'
import { importRoutes } from '../../../src/http/routes/imports.ts'
import { ingestRuleRoutes } from '../../../src/http/routes/ingest-rules.ts'
import { overrideCandidateRoutes } from '../../../src/http/routes/override-candidates.ts'
import { priceRoutes } from '../../../src/http/routes/prices.ts'
import { ruleRoutes } from '../../../src/http/routes/rules.ts'
import { webhookRoutes } from '../../../src/http/routes/webhooks.ts'
import { workflowRoutes } from '../../../src/http/routes/workflows.ts'
import { createServer } from '../../../src/http/server.ts'
import { createIngestLoad } from '../../../src/ingest/ingest-load.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { NOW } from '../../support/ingest-server.ts'
import { malformedRuns, nasty, spoiled } from '../../support/malformed.ts'

const TRACE = {
  traceId: 't',
  workflow: 'claims',
  startedAt: '2026-11-17T09:00:00Z',
  steps: [{ kind: 'llm', model: 'm' }],
}
const INSTRUCTIONS = {
  format: 'traces',
  workflow: null,
  model: null,
  start: '2026-11-02',
  timeZone: 'UTC',
  firstTrial: 0,
}
const TRANSCRIPT = { task_id: 'x', trial: 0, reward: 1, messages: [{ role: 'user', content: 'hello' }] }
const PRICE = { model: 'gpt-4.1', inputPerMillion: 1.6, outputPerMillion: 6.4, validFrom: '2026-01-01T00:00:00Z' }
const WORKFLOW = {
  ...{ unit: 'claim', owners: ['U1'], channel: 'C1', correctionHourlyRate: 45, dimensions: ['region'] },
  baseline: { kind: 'bpo', costPerUnit: 4.5 },
  budget: { amount: 100, period: 'month' },
}
const INGEST_RULES = {
  redaction: { keep: ['phone'], patterns: [{ name: 'policy', pattern: '\\bPN-\\d{8}\\b' }] },
  naming: { traces: [{ attribute: 'service.name', equals: 'adjudicator' }], workItemId: ['session.id'] },
}

/** Every endpoint that takes settings or files, with a good body for it. Names in paths are drawn. */
const ENDPOINTS: { method: 'PUT' | 'POST'; path: (name: string) => string; good: object }[] = [
  { method: 'PUT', path: () => '/api/prices', good: PRICE },
  { method: 'PUT', path: () => '/api/prices', good: [PRICE, { ...PRICE, workflow: 'claims' }] },
  { method: 'POST', path: () => '/api/prices/reprice', good: { workflow: 'claims', from: '2026-11-01T00:00:00Z' } },
  { method: 'PUT', path: (name) => `/api/workflows/${name}`, good: WORKFLOW },
  { method: 'PUT', path: () => '/api/ingest-rules', good: { redaction: INGEST_RULES.redaction } },
  { method: 'PUT', path: (name) => `/api/workflows/${name}/ingest-rules`, good: INGEST_RULES },
  { method: 'POST', path: () => '/api/ingest-rules/apply', good: { from: '2026-11-01T00:00:00Z' } },
  { method: 'POST', path: (name) => `/api/override-candidates/${name}/confirm`, good: { actor: 'ann', minutes: 3 } },
  {
    method: 'POST',
    path: () => '/api/imports',
    good: { instructions: INSTRUCTIONS, members: [{ index: 0, value: TRACE }] },
  },
]

describeWithDatabase('malformed settings and files', (database) => {
  async function openServer() {
    const failures: unknown[] = []
    const app = createServer({ logger: { error: (details) => failures.push(details) }, onAnswered: () => {} })
    const { db } = database()
    const requireScope = createRequireScope(async () => ({ id: '1', name: 'all', scopes: ['admin', 'ingest', 'read'] }))
    const shared = { db, database: database(), requireScope, clock: () => NOW }
    await app.register(importRoutes({ ...shared, afterIngest: () => {} }))
    await app.register(priceRoutes({ ...shared, afterReprice: () => {} }))
    await app.register(workflowRoutes({ ...shared, afterChange: async () => {} }))
    await app.register(ingestRuleRoutes({ ...shared, afterApply: () => {} }))
    await app.register(ruleRoutes(shared))
    await app.register(overrideCandidateRoutes({ ...shared, afterConfirmation: () => {} }))
    await app.register(webhookRoutes({ ...shared, afterIngest: () => {}, load: createIngestLoad() }))
    const call = async (method: 'PUT' | 'POST' | 'GET', url: string, payload?: unknown) => {
      const headers = { authorization: 'Bearer key', 'content-type': 'application/json' }
      const body = payload === undefined ? {} : { payload: JSON.stringify(payload) ?? '' }
      const reply = await app.inject({
        method,
        url,
        headers: method === 'GET' ? { authorization: 'Bearer key' } : headers,
        ...body,
      })
      expect([method, url, reply.statusCode >= 500, failures]).toEqual([method, url, false, []])
      return { status: reply.statusCode, text: reply.body }
    }
    return { app, call }
  }

  const anyName = fc
    .oneof(
      fc.constantFrom('claims', 'x'.repeat(300), '%00', '..%2F', "';--"),
      fc.string({ unit: 'grapheme', minLength: 1 }),
    )
    .map((name) => (name.startsWith('%') || name.startsWith('..') ? name : encodeURIComponent(name)))

  it('never break an endpoint, and what is good goes on being taken', async () => {
    const { app, call } = await openServer()
    const drawn = fc
      .constantFrom(...ENDPOINTS)
      .chain(({ method, path, good }) =>
        fc.record({ method: fc.constant(method), url: anyName.map(path), body: spoiled(good) }),
      )
    let run = 0
    await fc.assert(
      fc.asyncProperty(drawn, async ({ method, url, body }) => {
        expect([200, 202, 400, 404]).toContain((await call(method, url, body)).status)
        run += 1
        if (run % 10 > 0) return
        const { text } = await call('POST', '/webhooks/traces', { ...TRACE, traceId: `good-${run}` })
        expect(JSON.parse(text)).toMatchObject({ accepted: 1 })
        for (const list of ['/api/prices', '/api/workflows', '/api/ingest-rules']) {
          expect((await call('GET', list)).status).toBe(200)
        }
      }),
      { numRuns: malformedRuns(200), endOnFailure: true },
    )
    for (const { method, path, good } of ENDPOINTS) {
      expect([200, 202, 404]).toContain((await call(method, path('claims'), good)).status)
    }
    await app.close()
  })

  it('never lose a good member of an imported batch', async () => {
    const { app, call } = await openServer()
    const formats = fc.constantFrom(
      { format: 'traces', good: (id: string) => ({ ...TRACE, traceId: id }) },
      { format: 'transcripts', good: (id: string) => ({ ...TRANSCRIPT, task_id: id }) },
    )
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        formats.chain(({ format, good }) =>
          fc.tuple(fc.constant({ format, good }), fc.array(spoiled(good('bad')), { maxLength: 4 })),
        ),
        async ([{ format, good }, bad]) => {
          const members = [...bad, good(`good-${run++}`)].map((value, index) => ({ index, value }))
          const instructions = { ...INSTRUCTIONS, format, workflow: 'claims', model: 'gpt-4.1' }
          const { status, text } = await call('POST', '/api/imports', { instructions, members })
          expect(status).toBe(200)
          const { accepted, duplicates, rejected } = JSON.parse(text)
          expect(accepted + duplicates + rejected.length).toBe(members.length)
          expect(rejected.map((one: { index: number }) => one.index)).not.toContain(bad.length)
          expect(accepted).toBeGreaterThan(0)
        },
      ),
      { numRuns: malformedRuns(60), endOnFailure: true },
    )
    await app.close()
  })

  it('never break what is asked of rules', async () => {
    const { app, call } = await openServer()
    const query = fc.record(
      { workflow: nasty, asOf: nasty, knownAt: nasty, since: nasty, minimum: nasty },
      { requiredKeys: [] },
    )
    const paths = fc.constantFrom('/api/rules', '/api/rules/suggestions', '/api/rules/claims/HR-12')
    await fc.assert(
      fc.asyncProperty(paths, query, async (path, values) => {
        const text = Object.entries(values).map(([name, value]) => [name, String(JSON.stringify(value)).toWellFormed()])
        const { status } = await call('GET', `${path}?${new URLSearchParams(text as [string, string][]).toString()}`)
        expect([200, 400, 404]).toContain(status)
      }),
      { numRuns: malformedRuns(60), endOnFailure: true },
    )
    await app.close()
  })
})
