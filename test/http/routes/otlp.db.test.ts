import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { attributeChanges } from '../../../src/attribution/attribute-changes.ts'
import { ExportRequest, ExportResponse, RpcStatus } from '../../../src/ingest/otlp/protocol.ts'
import { outcomes } from '../../../src/store/schema/events.ts'
import { changedTraces, deadLetters, traceParts } from '../../../src/store/schema/spans.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { createIngestServer, READ_KEY, withKey } from '../../support/ingest-server.ts'
import { storedSpans } from '../../support/stored-spans.ts'

const TRACE_ID = '5b8efff798038103d269b633813fc60c'
const attribute = (key: string, value: string | number) => ({
  key,
  value: typeof value === 'string' ? { stringValue: value } : { intValue: value },
})

function chatSpan(spanId: string, fields: object = {}) {
  return {
    traceId: TRACE_ID,
    spanId,
    name: 'chat gpt-4.1',
    kind: 3,
    startTimeUnixNano: '1763370723000000000',
    endTimeUnixNano: '1763370725500000000',
    attributes: [
      attribute('gen_ai.operation.name', 'chat'),
      attribute('gen_ai.provider.name', 'openai'),
      attribute('gen_ai.request.model', 'gpt-4.1'),
      attribute('gen_ai.usage.input_tokens', 9120),
      attribute('gen_ai.usage.output_tokens', 410),
    ],
    status: {},
    ...fields,
  }
}

function requestOf(...list: object[]) {
  const resource = {
    attributes: [
      attribute('service.name', 'adjudicator'),
      attribute('docket.workflow', 'claims'),
      attribute('docket.work_item.id', 'claim-1'),
    ],
  }
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'test', version: '1' }, spans: list }] }] }
}

/** The same request in protobuf: ids as bytes. */
function protobufOf(request: ReturnType<typeof requestOf>): Buffer {
  const text = JSON.stringify(request, (key, value) =>
    /^(traceId|spanId|parentSpanId)$/.test(key) ? Buffer.from(String(value), 'hex').toString('base64') : value,
  )
  return Buffer.from(ExportRequest.encode(ExportRequest.fromObject(JSON.parse(text))).finish())
}

describeWithDatabase('POST /v1/traces', (database) => {
  async function post(payload: Buffer | object | string, headers: Record<string, string> = {}, url = '/v1/traces') {
    const { app, failures } = await createIngestServer(database())
    const isProtobuf = Buffer.isBuffer(payload)
    const reply = await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': isProtobuf ? 'application/x-protobuf' : 'application/json', ...withKey(), ...headers },
      payload: isProtobuf || typeof payload === 'string' ? payload : JSON.stringify(payload),
    })
    await app.close()
    expect(failures).toEqual([])
    return {
      status: reply.statusCode,
      type: reply.headers['content-type'],
      raw: reply.rawPayload,
      headers: reply.headers,
    }
  }

  it('stores protobuf and JSON alike, and answers in kind', async () => {
    const request = requestOf(chatSpan('00f067aa0ba902b7', { parentSpanId: '00f067aa0ba902b8' }))
    const json = await post(request)
    expect([json.status, json.type, json.raw.toString()]).toEqual([200, 'application/json', '{}'])
    const [fromJson] = await storedSpans(database().db)
    expect(fromJson).toMatchObject({
      traceId: TRACE_ID,
      spanId: '00f067aa0ba902b7',
      parentId: '00f067aa0ba902b8',
      kind: 'llm',
      model: 'gpt-4.1',
      provider: 'openai',
      usage: { inputTokens: 9120, outputTokens: 410 },
      startedAt: new Date('2025-11-17T09:12:03Z'),
      endedAt: new Date('2025-11-17T09:12:05.500Z'),
      context: { authority: 'docket', workflow: 'claims', workItemId: 'claim-1' },
      dialect: 'gen_ai',
    })
    await database().db.delete(traceParts)
    const protobuf = await post(protobufOf(request))
    expect([protobuf.status, protobuf.type, protobuf.raw.length]).toEqual([200, 'application/x-protobuf', 0])
    const [fromProtobuf] = await storedSpans(database().db)
    expect(fromProtobuf).toEqual(fromJson)
    expect(await database().db.select().from(changedTraces)).toHaveLength(1)
  })

  it('takes gzip, deflate and raw deflate on all three paths, and an empty request', async () => {
    const body = protobufOf(requestOf(chatSpan('00f067aa0ba902b7')))
    expect((await post(gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(200)
    expect((await post(deflateSync(body), { 'content-encoding': 'deflate' }, '/otel/v1/traces')).status).toBe(200)
    const raw = await post(deflateRawSync(body), { 'content-encoding': 'deflate' }, '/api/public/otel/v1/traces')
    expect(raw.status).toBe(200)
    expect(await storedSpans(database().db)).toHaveLength(1)
    expect((await post(Buffer.alloc(0))).status).toBe(200)
    expect((await post('{}')).raw.toString()).toBe('{}')
    const basic = Buffer.from('pk:ingest-key').toString('base64')
    expect((await post(body, { authorization: `Basic ${basic}` })).status).toBe(200)
  })

  it('keeps the good spans of a request and counts the bad ones', async () => {
    const request = requestOf(
      chatSpan('00f067aa0ba902b7'),
      chatSpan('nonsense'),
      chatSpan('00f067aa0ba902b9', { traceId: '0'.repeat(32) }),
      chatSpan('00f067aa0ba902ba', { startTimeUnixNano: 'soon', endTimeUnixNano: 0 }),
    )
    const json = JSON.parse((await post(request)).raw.toString())
    expect(json.partialSuccess.rejectedSpans).toBe('3')
    expect(json.partialSuccess.errorMessage).toContain('resourceSpans[0].scopeSpans[0].spans[1].spanId')
    expect(await storedSpans(database().db)).toHaveLength(1)
    expect(await database().db.select().from(deadLetters)).toHaveLength(3)
    const partial = ExportResponse.decode((await post(protobufOf(request))).raw).toJSON()
    expect(partial.partialSuccess).toMatchObject({ rejectedSpans: '3' })
  })

  it('fails with a Status in the encoding of the request', async () => {
    const body = protobufOf(requestOf(chatSpan('00f067aa0ba902b7')))
    const cases: [Buffer | string, Record<string, string>, number, number][] = [
      [body, { authorization: '' }, 401, 16],
      [body, withKey(READ_KEY), 403, 7],
      [Buffer.from('not protobuf'), {}, 400, 3],
      [Buffer.alloc(21 * 1024 * 1024), {}, 413, 3],
      [gzipSync(Buffer.alloc(21 * 1024 * 1024)), { 'content-encoding': 'gzip' }, 413, 3],
      ['{"resourceSpans":', {}, 400, 3],
      ['{"resourceSpans": 5}', {}, 400, 3],
      ['[]', {}, 400, 3],
      ['{}', { authorization: '' }, 401, 16],
      ['x'.repeat(21 * 1024 * 1024), {}, 413, 3],
    ]
    for (const [payload, headers, status, code] of cases) {
      const reply = await post(payload, headers)
      const isProtobuf = Buffer.isBuffer(payload)
      const answer = isProtobuf ? RpcStatus.decode(reply.raw).toJSON() : JSON.parse(reply.raw.toString())
      expect([reply.status, reply.type]).toEqual([status, isProtobuf ? 'application/x-protobuf' : 'application/json'])
      expect(answer).toMatchObject({ code, message: expect.stringMatching(/.+/) })
    }
    expect((await post('x', { 'content-type': 'text/plain' })).status).toBe(415)
  })

  it('asks to come again where too much is in flight', async () => {
    const { app } = await createIngestServer(database(), { pressure: { calls: 0, bytes: 0 } })
    const reply = await app.inject({
      method: 'POST',
      url: '/v1/traces',
      headers: { 'content-type': 'application/json' },
    })
    expect([reply.statusCode, reply.headers['retry-after'], reply.json().code]).toEqual([503, '1', 14])
    await app.close()
  })

  it('lets a fuller copy of a span replace an emptier one, in either order', async () => {
    const full = requestOf(chatSpan('00f067aa0ba902b7'))
    const empty = requestOf(chatSpan('00f067aa0ba902b7', { attributes: [], endTimeUnixNano: 0 }))
    await post(empty)
    await post(full)
    const [first] = await storedSpans(database().db)
    await post(empty)
    await post(full)
    expect(await storedSpans(database().db)).toEqual([first])
    expect(first).toMatchObject({ usage: { inputTokens: 9120 } })
  })

  it('makes an outcome row of what a trace states', async () => {
    const attributes = [attribute('docket.outcome.status', 'resolved'), attribute('docket.outcome.value', '120.5')]
    const request = requestOf(chatSpan('00f067aa0ba902b7', { attributes }), chatSpan('00f067aa0ba902b8'))
    await post(request)
    await post(request)
    while ((await attributeChanges(database())).remaining);
    expect(await database().db.select().from(outcomes)).toMatchObject([
      { workflow: 'claims', workItemId: 'claim-1', status: 'resolved', valueMicros: 120_500_000 },
    ])
  })

  it('stores texts that the database would refuse', async () => {
    const attributes = [attribute('gen_ai.operation.name', 'chat'), attribute('gen_ai.prompt', 'a\u0000b\ud800c')]
    expect((await post(requestOf(chatSpan('00f067aa0ba902b7', { attributes, name: 'x\u0000' })))).status).toBe(200)
    expect((await storedSpans(database().db))[0]!.input).toBe('a\uFFFDb\uFFFDc')
  })
})
