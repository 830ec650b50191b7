import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ExportRequest } from '../../../src/ingest/otlp/protocol.ts'
import { readExport } from '../../../src/ingest/otlp/read-export.ts'
import { readProtobuf } from '../../../src/ingest/otlp/read-protobuf.ts'

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((id) => Buffer.from(id).toString('hex'))
const text = fc.string({ unit: 'grapheme', maxLength: 60 })
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text.map((stringValue) => ({ stringValue })),
    fc.maxSafeInteger().map((intValue) => ({ intValue: String(intValue) })),
    // JSON does not write the sign of a zero.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ doubleValue: value + 0 })),
    fc.boolean().map((boolValue) => ({ boolValue })),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => ({ bytesValue: Buffer.from(bytes).toString('base64') })),
    fc.constant({}),
    fc.array(tie('value'), { maxLength: 3 }).map((values) => ({ arrayValue: { values } })),
    fc
      .array(fc.record({ key: text, value: tie('value') }), { maxLength: 3 })
      .map((values) => ({ kvlistValue: { values } })),
  ),
}))
const key = fc.oneof(text, fc.constantFrom('gen_ai.system', '__proto__', 'toString', '1', 'x'.repeat(100)))
const attributes = fc.array(fc.record({ key, value }), { maxLength: 6 })
const nanoseconds = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n }).map(String)
const span = fc.record({
  traceId: fc.oneof(hex(16), hex(3), fc.constant('0'.repeat(32))),
  spanId: hex(8),
  parentSpanId: fc.oneof(hex(8), fc.constant('')),
  name: text,
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  events: fc.array(fc.record({ name: text, attributes }), { maxLength: 2 }),
  status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: text }),
})
const request = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeSpans: fc.array(fc.record({ scope: fc.record({ name: text }), spans: fc.array(span, { maxLength: 4 }) }), {
        maxLength: 2,
      }),
    }),
    { maxLength: 2 },
  ),
})

/** As a client encodes it: ids, which JSON writes in hex, as bytes. */
function encode(message: object): Buffer {
  const withBytes: unknown = JSON.parse(JSON.stringify(message), (name, member) =>
    /^(traceId|spanId|parentSpanId)$/.test(name) ? Buffer.from(member, 'hex').toString('base64') : member,
  )
  return Buffer.from(ExportRequest.encode(ExportRequest.fromObject(withBytes as object)).finish())
}

const places = (rejected: { path: string; message: string }[]) => rejected.map(({ path, message }) => [path, message])

it('reads the same of protobuf as of JSON', () => {
  fc.assert(
    fc.property(request, (message) => {
      const json = readExport(message)
      const protobuf = readProtobuf(encode(message))
      expect([...protobuf.spans]).toEqual(json.spans)
      expect(places(protobuf.rejected)).toEqual(places(json.rejected))
    }),
    { numRuns: 300 },
  )
})

it('finds a resource behind its spans, and passes over fields that it does not know', () => {
  const whole = encode({
    resourceSpans: [
      {
        scopeSpans: [
          { spans: [{ traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), startTimeUnixNano: '1763370723000000000' }] },
        ],
      },
    ],
  })
  const resource = Buffer.from([
    0x0a, 0x0d, 0x0a, 0x0b, 0x0a, 0x01, 0x61, 0x12, 0x06, 0x0a, 0x04, 0x74, 0x65, 0x78, 0x74,
  ])
  const unknown = Buffer.from([0xba, 0x3e, 0x02, 0x01, 0x02])
  const inner = Buffer.concat([whole.subarray(2), resource, unknown])
  const [span] = readProtobuf(Buffer.concat([Buffer.from([0x0a, inner.length]), inner])).spans
  expect(span).toMatchObject({ traceId: 'ab'.repeat(16), resource: { a: 'text' } })
})

it('rejects one span that is no protobuf, and refuses a body whose frame is broken', () => {
  const good = {
    traceId: 'ab'.repeat(16),
    spanId: 'cd'.repeat(8),
    startTimeUnixNano: '1763370723000000000',
    name: 'good',
  }
  const body = encode({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...good, name: 'bad!' }, good] }] }] })
  // The length of the name becomes longer than its span.
  body[body.indexOf('bad!') - 1] = 120
  const reading = readProtobuf(body)
  expect([...reading.spans].map((span) => span.name)).toEqual(['good'])
  expect(reading.rejected[0]).toMatchObject({ path: 'resourceSpans[0].scopeSpans[0].spans[0]' })
  expect(() => readProtobuf(body.subarray(0, body.length - 3))).toThrow(/more than there are/)
})

/** As protobuf's library reads them: its objects, written as the same request in JSON. */
function readByLibrary(body: Buffer) {
  const decoded = ExportRequest.toObject(ExportRequest.decode(body), { longs: Number, bytes: String, defaults: true })
  const inJson: unknown = JSON.parse(JSON.stringify(decoded), (name, member) =>
    /^(traceId|spanId|parentSpanId)$/.test(name) ? Buffer.from(member, 'base64').toString('hex') : member,
  )
  return readExport(inJson)
}

it('reads what the library reads of requests with changed bytes, and never less', () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(request, changes, (message, changed) => {
      const body = encode(message)
      if (body.length === 0) return
      for (const [place, byte] of changed) body[place % body.length] = byte
      let library: ReturnType<typeof readByLibrary>
      try {
        library = readByLibrary(body)
      } catch {
        return
      }
      const { spans, rejected } = readProtobuf(body)
      expect([...spans]).toEqual(library.spans)
      expect(places(rejected)).toEqual(places(library.rejected))
    }),
    { numRuns: 200 },
  )
})

it('throws nothing but errors of its own on any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        for (const span of readProtobuf(Buffer.from(bytes)).spans) expect(span.spanId).toHaveLength(16)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }),
  )
})
