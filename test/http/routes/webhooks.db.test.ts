import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { signatureOf } from '../../../src/http/verify-signature.ts'
import type { Rejection } from '../../../src/ingest/receipt.ts'
import { changeEvents, operatingMetrics, outcomes, overrides } from '../../../src/store/schema/events.ts'
import { changedWorkItems } from '../../../src/store/schema/facts.ts'
import { pendingMemory } from '../../../src/store/schema/memory.ts'
import { workflows } from '../../../src/store/schema/settings.ts'
import { changedTraces } from '../../../src/store/schema/spans.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { createIngestServer, NOW, READ_KEY, SIGNING_SECRET, withKey } from '../../support/ingest-server.ts'
import { storedSpans } from '../../support/stored-spans.ts'

const TRACE = {
  traceId: 't-1',
  workflow: 'claims',
  attempt: 2,
  workItem: { id: 'claim-8841', attributes: { policyType: 'home', exceptionDocs: true, region: 'TX' } },
  agent: { name: 'adjudicator', version: '2026.11.3' },
  promptVersion: 'v14',
  startedAt: '2026-11-17T09:12:03Z',
  endedAt: '2026-11-17T09:12:30Z',
  status: 'ok',
  steps: [
    {
      id: 's1',
      parentId: null,
      kind: 'llm',
      name: 'assess',
      startedAt: '2026-11-17T09:12:04Z',
      endedAt: '2026-11-17T09:12:14Z',
      status: 'ok',
      error: null,
      retryOf: null,
      model: 'gpt-4.1',
      provider: 'openai',
      costUsd: null,
      usage: { inputTokens: 9120, cachedInputTokens: 4096, cacheWriteTokens: 0, outputTokens: 410, reasoningTokens: 0 },
      input: 'Write to ann@example.com',
      output: 'deny',
      documents: [{ id: 'policy-7', title: 'Policy', score: 0.82, used: true, content: 'text' }],
      decision: { choice: 'deny', alternatives: ['approve'], rationale: 'HR-12 applies', rules: ['HR-12'] },
      attributes: {},
    },
    { kind: 'function', tool: { name: 'lookup_policy', arguments: { id: 7 }, result: { found: true } } },
  ],
  outcome: { status: 'resolved', occurredAt: '2026-11-17T10:00:00Z' },
}

describeWithDatabase('POST /webhooks', (database) => {
  const start = () => createIngestServer(database())
  async function post(path: string, payload: unknown, headers: Record<string, string> = {}) {
    const { app } = await start()
    const reply = await app.inject({
      method: 'POST',
      url: `/webhooks/${path}`,
      headers: { 'content-type': 'application/json', ...withKey(), ...headers },
      payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
    })
    await app.close()
    return { status: reply.statusCode, body: reply.json(), headers: reply.headers }
  }

  it('stores a trace as spans with the marks that facts are made from', async () => {
    const { status, body } = await post('traces', TRACE)
    expect({ status, body }).toEqual({ status: 200, body: { accepted: 1, duplicates: 0, rejected: [] } })
    const rows = await storedSpans(database().db)
    expect(rows.map((row) => [row.spanId, row.kind, row.name, row.synthetic])).toEqual([
      ['2', 'tool', 'lookup_policy', false],
      ['docket:run', 'workflow', 'adjudicator', true],
      ['s1', 'llm', 'assess', false],
    ])
    expect(rows[1]!.context).toMatchObject({
      authority: 'docket',
      workflow: 'claims',
      workItemId: 'claim-8841',
      workItemAttributes: { policyType: 'home', exceptionDocs: true, region: 'TX' },
      attempt: 2,
      agentVersion: '2026.11.3',
      promptVersion: 'v14',
    })
    expect(rows[2]).toMatchObject({
      usage: { inputTokens: 9120, cachedInputTokens: 4096, outputTokens: 410 },
      costUsd: null,
    })
    expect(rows[2]!.input).toBe('Write to [email]')
    expect(await database().db.select().from(changedTraces)).toEqual([{ traceId: 't-1', changedAt: NOW }])
    expect(await database().db.select().from(workflows)).toMatchObject([{ name: 'claims', settings: null }])
    expect(await database().db.select().from(outcomes)).toMatchObject([
      { workItemId: 'claim-8841', status: 'resolved', occurredAt: new Date('2026-11-17T10:00:00Z'), recordedAt: NOW },
    ])
    expect(await database().db.select().from(changedWorkItems)).toMatchObject([{ workItemId: 'claim-8841' }])
  })

  it('takes an object, an array and NDJSON under any JSON content type, and gzip', async () => {
    const trace = (traceId: string) => ({ traceId, workflow: 'claims', startedAt: '2026-11-17T09:00:00Z' })
    expect((await post('traces', [trace('a'), trace('b')])).body.accepted).toBe(2)
    const lines = `${JSON.stringify(trace('c'))}\n\n${JSON.stringify(trace('d'))}\r\n`
    expect((await post('traces', lines)).body.accepted).toBe(2)
    expect((await post('traces', lines, { 'content-type': 'application/x-ndjson' })).body.duplicates).toBe(2)
    const zipped = gzipSync(JSON.stringify(trace('e')))
    expect((await post('traces', zipped, { 'content-encoding': 'gzip' })).body.accepted).toBe(1)
    expect((await post('traces', [])).body).toEqual({ accepted: 0, duplicates: 0, rejected: [] })
  })

  it('keeps valid members and names the invalid ones by index and path', async () => {
    const bad = {
      ...TRACE,
      traceId: 't-2',
      steps: [TRACE.steps[0], { ...TRACE.steps[1], usage: { inputTokens: -1 } }],
    }
    const { status, body } = await post('traces', [TRACE, bad, { workflow: 'claims' }, 7, null])
    expect(status).toBe(200)
    expect(body).toMatchObject({ accepted: 1, duplicates: 0 })
    expect(body.rejected.map((one: Rejection) => [one.index, one.path])).toEqual([
      [1, 'steps[1].usage.inputTokens'],
      [2, 'startedAt'],
      [3, ''],
      [4, ''],
    ])
    const lines = await post('outcomes', `{"workflow":"claims"\n${JSON.stringify(OUTCOME)}`)
    expect(lines.body).toMatchObject({ accepted: 1, rejected: [{ index: 0, path: '' }] })
  })

  it('accepts unknown fields and names them as warnings', async () => {
    const odd = { ...TRACE, promtVersion: 'v15', steps: [{ ...TRACE.steps[0], modle: 'x' }] }
    const { body } = await post('traces', odd)
    expect(body).toMatchObject({ accepted: 1, rejected: [] })
    expect(body.warnings.map((one: Rejection) => one.path).sort()).toEqual(['promtVersion', 'steps[0].modle'])
  })

  it('counts the same trace as a duplicate, whatever the order of its keys, and merges what is new', async () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : value && typeof value === 'object'
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, member]) => [key, reversed(member)]),
            )
          : value
    await post('traces', TRACE)
    expect((await post('traces', reversed(TRACE))).body).toEqual({ accepted: 0, duplicates: 1, rejected: [] })
    expect((await post('traces', [TRACE, TRACE])).body).toMatchObject({ accepted: 0, duplicates: 2 })
    const longer = { ...TRACE, steps: [...TRACE.steps, { kind: 'llm', name: 'explain' }] }
    expect((await post('traces', longer)).body).toMatchObject({ accepted: 1, duplicates: 0 })
    expect(await storedSpans(database().db)).toHaveLength(4)
    const { traceId: _id, ...unnamed } = TRACE
    expect((await post('traces', [unnamed, reversed(unnamed)])).body).toMatchObject({ accepted: 1, duplicates: 1 })
  })

  it('sees a duplicate of another day', async () => {
    await post('traces', TRACE)
    const { app } = await createIngestServer(database(), { clock: () => new Date('2026-11-23T08:00:00Z') })
    const again = await app.inject({ method: 'POST', url: '/webhooks/traces', headers: withKey(), payload: TRACE })
    expect(again.json()).toMatchObject({ accepted: 0, duplicates: 1 })
    await app.close()
  })

  const OUTCOME = {
    workflow: 'claims',
    workItemId: 'c-1',
    status: 'resolved',
    occurredAt: '2026-11-17T10:00:00Z',
    value: 12.5,
  }
  const OVERRIDE = {
    workflow: 'claims',
    workItemId: 'c-1',
    agentDecision: 'deny',
    humanDecision: 'approve',
    reason: 'Call +1 415 555 2671: storm rider',
    rule: 'HR-12',
    actor: 'ann',
    minutes: 12,
    occurredAt: '2026-11-17T10:00:00Z',
  }
  const CHANGE = { kind: 'prompt', description: 'v15', occurredAt: '2026-11-17T10:00:00Z' }
  const METRIC = { metric: 'bpo_invoice', value: 1200, unit: 'usd', periodStart: '2026-11-01', periodEnd: '2026-12-01' }

  it('stores outcomes, overrides, changes and operating metrics once', async () => {
    for (const [path, body] of [
      ['outcomes', OUTCOME],
      ['overrides', OVERRIDE],
      ['changes', CHANGE],
      ['operating-metrics', METRIC],
    ] as const) {
      const reversed = Object.fromEntries(Object.entries(body).reverse())
      expect((await post(path, [body, reversed])).body).toEqual({ accepted: 1, duplicates: 1, rejected: [] })
      expect((await post(path, reversed)).body).toEqual({ accepted: 0, duplicates: 1, rejected: [] })
      expect(
        (
          await post(path, [
            { ...body, id: 'x' },
            { ...body, id: 'x' },
          ])
        ).body,
      ).toMatchObject({ accepted: 1, duplicates: 1 })
    }
    const { db } = database()
    expect((await db.select().from(outcomes)).map((row) => row.valueMicros)).toEqual([12_500_000, 12_500_000])
    expect((await db.select().from(overrides)).map((row) => row.reason)).toEqual(
      Array(2).fill('Call [phone]: storm rider'),
    )
    expect((await db.select().from(changeEvents)).map((row) => row.workflow)).toEqual(['', ''])
    expect(await db.select().from(operatingMetrics)).toHaveLength(2)
    expect((await db.select().from(pendingMemory)).map((row) => row.kind).sort()).toEqual([
      'change',
      'change',
      'override',
      'override',
    ])
  })

  it('takes the bounds of a metric as days or as instants', async () => {
    const instants = { periodStart: '2026-11-01T00:00:00Z', periodEnd: '2026-12-01T01:00:00+01:00' }
    expect((await post('operating-metrics', { ...METRIC, ...instants })).body).toMatchObject({ accepted: 1 })
    const [row] = await database().db.select().from(operatingMetrics)
    expect(row).toMatchObject({ periodStart: '2026-11-01', periodEnd: '2026-12-01' })
    const refusal = await post('operating-metrics', { ...METRIC, periodStart: 'November' })
    expect(refusal.body.rejected).toMatchObject([{ path: 'periodStart' }])
  })

  it('refuses values that no column holds, by name', async () => {
    const refused = async (path: string, body: object) => (await post(path, body)).body.rejected[0]?.path
    expect(await refused('outcomes', { ...OUTCOME, value: 1e300 })).toBe('value')
    expect(await refused('outcomes', { ...OUTCOME, occurredAt: '0000-01-01T00:00:00Z' })).toBe('occurredAt')
    expect(await refused('operating-metrics', { ...METRIC, periodStart: '0000-01-01' })).toBe('periodStart')
    expect(await refused('traces', { ...TRACE, attempt: 1e12 })).toBe('attempt')
  })

  it('answers 400 where nothing could be read, 401, 403 and 413', async () => {
    for (const body of ['', 'nonsense', '"text"', '42', '{"a":', '\n\n']) {
      const { status, body: answer } = await post('outcomes', body)
      expect([body, status, answer.error?.code]).toEqual([body, 400, 'unreadable_body'])
    }
    expect((await post('outcomes', OUTCOME, { authorization: '' })).status).toBe(401)
    expect((await post('outcomes', OUTCOME, withKey(READ_KEY))).status).toBe(403)
    expect((await post('outcomes', `["${'x'.repeat(20 * 1024 * 1024)}"]`)).status).toBe(413)
    const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024, 32))
    expect((await post('outcomes', bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
    expect((await post('outcomes', 'not zipped', { 'content-encoding': 'gzip' })).status).toBe(400)
    expect((await post('outcomes', 'x', { 'content-encoding': 'compress' })).status).toBe(415)
  })

  it('takes a signed call in place of a key', async () => {
    const body = JSON.stringify(OUTCOME)
    const timestamp = String(NOW.getTime() / 1000)
    const signed = (secret: string, time: string) => ({
      authorization: '',
      'x-docket-timestamp': time,
      'x-docket-signature': signatureOf(secret, time, Buffer.from(body)),
    })
    expect((await post('outcomes', body, signed(SIGNING_SECRET, timestamp))).body).toMatchObject({ accepted: 1 })
    expect((await post('outcomes', body, signed('another', timestamp))).status).toBe(401)
    expect((await post('outcomes', body, signed(SIGNING_SECRET, String(Number(timestamp) - 600)))).status).toBe(401)
    expect((await post('outcomes', `${body} `, signed(SIGNING_SECRET, timestamp))).status).toBe(401)
  })

  it('keeps what was refused, redacted, for the dead-letter view', async () => {
    await post('outcomes', { ...OUTCOME, status: 'done', note: 'mail ann@example.com' })
    await post('traces', 'nonsense')
    const { app } = await start()
    const get = (query: string) =>
      app.inject({ method: 'GET', url: `/api/dead-letters${query}`, headers: withKey(READ_KEY) })
    const letters = (await get('')).json().deadLetters
    expect(
      letters
        .map((one: { source: string; index: number | null; path: string }) => [one.source, one.index, one.path])
        .sort(),
    ).toEqual([
      ['webhooks/outcomes', 0, 'status'],
      ['webhooks/traces', null, ''],
    ])
    expect(JSON.stringify(letters)).not.toContain('ann@example.com')
    expect((await get('?source=webhooks/traces')).json().deadLetters).toHaveLength(1)
    expect((await get('?limit=0')).statusCode).toBe(400)
    await app.close()
  })
})
