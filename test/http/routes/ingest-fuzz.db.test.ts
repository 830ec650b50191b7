import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ExportRequest } from '../../../src/ingest/otlp/protocol.ts'
import { outcomes } from '../../../src/store/schema/events.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { createIngestServer, withKey } from '../../support/ingest-server.ts'
import { malformedRuns, spoiled } from '../../support/malformed.ts'
import { storedSpans } from '../../support/stored-spans.ts'

const GOOD: Record<string, Record<string, unknown>> = {
  traces: {
    traceId: 't',
    workflow: 'claims',
    startedAt: '2026-11-17T09:00:00Z',
    attempt: 1,
    workItem: { id: 'c', attributes: { region: 'TX' } },
    steps: [
      { kind: 'llm', model: 'm', usage: { inputTokens: 5, outputTokens: 1 }, tool: { name: 'x', arguments: {} } },
    ],
    outcome: { status: 'resolved', value: 3 },
  },
  outcomes: { workflow: 'claims', workItemId: 'c', status: 'resolved', value: 1, occurredAt: '2026-11-17T10:00:00Z' },
  overrides: {
    workflow: 'claims',
    workItemId: 'c',
    agentDecision: 'a',
    humanDecision: 'b',
    reason: 'r',
    actor: 'x',
    minutes: 3,
    occurredAt: '2026-11-17T10:00:00Z',
  },
  changes: { kind: 'prompt', description: 'd', occurredAt: '2026-11-17T10:00:00Z', attributes: { a: 1 } },
  'operating-metrics': { metric: 'm', value: 1, unit: 'usd', periodStart: '2026-11-01', periodEnd: '2026-12-01' },
}

const span = (spanId: string) => ({
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId,
  parentSpanId: '00f067aa0ba902b7',
  name: 'chat',
  startTimeUnixNano: '1763370723000000000',
  endTimeUnixNano: '1763370725500000000',
  attributes: [
    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
    { key: 'gen_ai.usage.input_tokens', value: { intValue: '12' } },
    { key: 'llm.input_messages.0.message.role', value: { stringValue: 'user' } },
    { key: 'docket.work_item.attr.x', value: { arrayValue: { values: [{ doubleValue: 1 }] } } },
    { key: 'docket.outcome.status', value: { stringValue: 'resolved' } },
    { key: 'langfuse.observation.usage_details', value: { stringValue: '{"input":1}' } },
  ],
  events: [{ name: 'gen_ai.evaluation.result', attributes: [] }],
  status: { code: 2, message: 'boom' },
})
const envelope = (...list: unknown[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 's' } }] },
      scopeSpans: [{ scope: { name: 'x' }, spans: list }],
    },
  ],
})

describeWithDatabase('malformed payloads', (database) => {
  async function eachRun<Value>(
    arbitrary: fc.Arbitrary<Value>,
    numRuns: number,
    check: (value: Value, run: number, post: Post) => Promise<void>,
  ) {
    const { app, failures } = await createIngestServer(database())
    const post: Post = async (url, payload, headers = {}) => {
      const reply = await app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', ...withKey(), ...headers },
        payload,
      })
      expect([reply.statusCode >= 500, failures]).toEqual([false, []])
      return { status: reply.statusCode, text: reply.body }
    }
    let run = 0
    await fc.assert(
      fc.asyncProperty(arbitrary, (value) => check(value, run++, post)),
      { numRuns: malformedRuns(numRuns), endOnFailure: true },
    )
    await app.close()
  }
  type Post = (
    url: string,
    payload: string | Buffer,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; text: string }>

  it.each(Object.keys(GOOD))('never break /webhooks/%s or lose a valid member beside them', async (path) => {
    await eachRun(fc.array(spoiled(GOOD[path]), { maxLength: 4 }), 60, async (members, run, post) => {
      const good = { ...GOOD[path], ...(path === 'traces' ? { traceId: `good-${run}` } : { id: `good-${run}` }) }
      const { status, text } = await post(`/webhooks/${path}`, JSON.stringify([...members, good]))
      const receipt = JSON.parse(text)
      expect(status).toBe(200)
      expect(receipt.accepted + receipt.duplicates + receipt.rejected.length).toBe(members.length + 1)
      expect(receipt.rejected.map((one: { index: number }) => one.index)).not.toContain(members.length)
      expect(receipt.accepted).toBeGreaterThan(0)
    })
  })

  it('never break OTLP in JSON or lose a valid span beside them', async () => {
    await eachRun(fc.array(spoiled(span('00f067aa0ba902b8')), { maxLength: 4 }), 150, async (list, run, post) => {
      const good = span((run + 0x1000).toString(16).padStart(16, 'a'))
      const { status } = await post('/v1/traces', JSON.stringify(envelope(...list, good)))
      expect(status).toBe(200)
      const ids = (await storedSpans(database().db)).map((row) => row.spanId)
      expect(ids).toContain(good.spanId)
    })
    await eachRun(spoiled(envelope(span('00f067aa0ba902b8'))), 150, async (request, _run, post) => {
      expect([200, 400]).toContain((await post('/v1/traces', JSON.stringify(request) ?? '')).status)
    })
  })

  it('never break OTLP in protobuf', async () => {
    const whole = Buffer.from(
      ExportRequest.encode(
        ExportRequest.fromObject(envelope({ ...span(''), traceId: Buffer.alloc(16, 7), spanId: Buffer.alloc(8, 7) })),
      ).finish(),
    )
    const damage = fc.tuple(fc.nat(whole.length), fc.uint8Array({ maxLength: 8 }), fc.nat(whole.length), fc.boolean())
    await eachRun(damage, 200, async ([at, bytes, end, zipped], _run, post) => {
      const damaged = Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(Math.max(at, end))])
      const { status } = await post('/v1/traces', zipped ? gzipSync(damaged) : damaged, {
        'content-type': 'application/x-protobuf',
        ...(zipped && { 'content-encoding': 'gzip' }),
      })
      expect([200, 400]).toContain(status)
    })
  })

  it('never break on bytes that are nothing at all', async () => {
    const urls = ['/v1/traces', ...Object.keys(GOOD).map((path) => `/webhooks/${path}`)]
    await eachRun(
      fc.tuple(fc.constantFrom(...urls), fc.uint8Array({ maxLength: 64 })),
      150,
      async ([url, bytes], _run, post) => {
        expect([200, 400]).toContain((await post(url, Buffer.from(bytes))).status)
      },
    )
    const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`
    await eachRun(fc.constantFrom(...urls), 6, async (url, _run, post) => {
      expect([200, 400]).toContain((await post(url, deep)).status)
    })
    expect(await database().db.select().from(outcomes)).toEqual([])
  })
})
