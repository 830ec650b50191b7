import { storableText } from '../storable.ts'
import { DEEPEST, setAttribute, TOO_DEEP } from './any-value.ts'
import { SpanMessage } from './protocol.ts'
import type { Attributes } from './raw-span.ts'
import { checkSpan, type ExportStream, emptyFields, type SpanFields } from './read-export.ts'
import { type Slice, WireReader } from './wire-reader.ts'

/** Tags as on the wire: the number of a field times 8, and its wire type. */
const EXPORT = { resourceSpans: 10 }
const RESOURCE_SPANS = { resource: 10, scopeSpans: 18 }
const RESOURCE = { attributes: 10 }
const SCOPE_SPANS = { scope: 10, spans: 18 }
const SCOPE = { name: 10 }
const SPAN = {
  traceId: 10,
  spanId: 18,
  parentSpanId: 34,
  name: 42,
  startTimeUnixNano: 57,
  endTimeUnixNano: 65,
  attributes: 74,
  events: 90,
  status: 122,
}
const EVENT = { name: 18, attributes: 26 }
const STATUS = { message: 18, code: 24 }
const KEY_VALUE = { key: 10, value: 18 }
const ANY_VALUE = { string: 10, bool: 16, int: 24, double: 33, array: 42, kvlist: 50, bytes: 58 }
const LIST = { values: 10 }

interface Scope {
  path: string
  resource: Attributes
  name: string
  /** Where its spans begin and end, in turns: a large request has tens of thousands. */
  bounds: number[]
}

/**
 * The spans of an export request in protobuf, read one by one, so that only the one in hand is more than bytes. Throws
 * where the request as a whole cannot be read; a single span that cannot be is rejected.
 */
export function readProtobuf(body: Buffer): ExportStream {
  const wire = new WireReader(body)
  const scopes = findScopes(wire, body.length)
  const stream: ExportStream = { spans: [], rejected: [] }
  stream.spans = readSpans(body, wire, scopes, stream.rejected)
  return stream
}

function* readSpans(body: Buffer, wire: WireReader, scopes: Scope[], rejected: ExportStream['rejected']) {
  for (const { path, resource, name, bounds } of scopes) {
    for (let place = 0; place < bounds.length; place += 2) {
      const slice = { start: bounds[place]!, end: bounds[place + 1]! }
      const span = readSpan(wire, slice)
      if (!('message' in span)) yield { ...span, resource, scope: name }
      else {
        const spanPath = `${path}.spans[${place / 2}]`
        const content = decodeLeniently(body.subarray(slice.start, slice.end))
        rejected.push({
          path: span.field === '' ? spanPath : `${spanPath}.${span.field}`,
          message: span.message,
          content,
        })
      }
    }
  }
}

/** In two looks, for a resource may come behind the spans that it describes. */
function findScopes(wire: WireReader, length: number): Scope[] {
  const scopes: Scope[] = []
  slicesOf(wire, { start: 0, end: length }, EXPORT.resourceSpans).forEach((resourceSpans, r) => {
    const resource: Attributes = {}
    for (const { start, end } of slicesOf(wire, resourceSpans, RESOURCE_SPANS.resource)) {
      wire.enter({ start, end })
      for (let tag = wire.nextTag(end); tag !== 0; tag = wire.nextTag(end)) {
        if (tag === RESOURCE.attributes) readKeyValue(wire, resource, 0)
        else wire.skip(tag)
      }
    }
    slicesOf(wire, resourceSpans, RESOURCE_SPANS.scopeSpans).forEach((scopeSpans, s) => {
      const bounds = slicesOf(wire, scopeSpans, SCOPE_SPANS.spans).flatMap(({ start, end }) => [start, end])
      const name = nameOfScope(wire, scopeSpans)
      scopes.push({ path: `resourceSpans[${r}].scopeSpans[${s}]`, resource, name, bounds })
    })
  })
  return scopes
}

function nameOfScope(wire: WireReader, scopeSpans: Slice): string {
  let name = ''
  for (const { start, end } of slicesOf(wire, scopeSpans, SCOPE_SPANS.scope)) {
    wire.enter({ start, end })
    for (let tag = wire.nextTag(end); tag !== 0; tag = wire.nextTag(end)) {
      if (tag === SCOPE.name) name = storableText(wire.name())
      else wire.skip(tag)
    }
  }
  return name
}

function slicesOf(wire: WireReader, message: Slice, wanted: number): Slice[] {
  const slices: Slice[] = []
  wire.enter(message)
  for (let tag = wire.nextTag(message.end); tag !== 0; tag = wire.nextTag(message.end)) {
    if (tag === wanted) slices.push(wire.slice())
    else wire.skip(tag)
  }
  return slices
}

function readSpan(wire: WireReader, slice: Slice): ReturnType<typeof checkSpan> {
  const fields = emptyFields()
  try {
    wire.enter(slice)
    for (let tag = wire.nextTag(slice.end); tag !== 0; tag = wire.nextTag(slice.end)) readSpanField(wire, tag, fields)
  } catch (error) {
    return { field: '', message: `not a span in protobuf: ${(error as Error).message}` }
  }
  return checkSpan(fields)
}

function readSpanField(wire: WireReader, tag: number, fields: SpanFields): void {
  switch (tag) {
    case SPAN.traceId:
      fields.traceId = wire.hex()
      return
    case SPAN.spanId:
      fields.spanId = wire.hex()
      return
    case SPAN.parentSpanId:
      fields.parentId = wire.hex()
      return
    case SPAN.name:
      fields.name = storableText(wire.name())
      return
    case SPAN.startTimeUnixNano:
      fields.startNanoseconds = wire.fixed64()
      return
    case SPAN.endTimeUnixNano:
      fields.endNanoseconds = wire.fixed64()
      return
    case SPAN.attributes:
      readKeyValue(wire, fields.attributes, 0)
      return
    case SPAN.events:
      fields.events.push(readEvent(wire))
      return
    case SPAN.status:
      readStatus(wire, fields)
      return
    default:
      wire.skip(tag)
  }
}

function readStatus(wire: WireReader, fields: SpanFields): void {
  const end = wire.open()
  for (let tag = wire.nextTag(end); tag !== 0; tag = wire.nextTag(end)) {
    if (tag === STATUS.message) fields.statusMessage = storableText(wire.text())
    else if (tag === STATUS.code) fields.statusCode = wire.int32()
    else wire.skip(tag)
  }
}

function readEvent(wire: WireReader): SpanFields['events'][number] {
  const event = { name: '', attributes: {} as Attributes }
  const end = wire.open()
  for (let tag = wire.nextTag(end); tag !== 0; tag = wire.nextTag(end)) {
    if (tag === EVENT.name) event.name = storableText(wire.name())
    else if (tag === EVENT.attributes) readKeyValue(wire, event.attributes, 0)
    else wire.skip(tag)
  }
  return event
}

function readKeyValue(wire: WireReader, into: Attributes, depth: number): void {
  let key = ''
  let value: unknown = null
  const end = wire.open()
  for (let tag = wire.nextTag(end); tag !== 0; tag = wire.nextTag(end)) {
    if (tag === KEY_VALUE.key) key = storableText(wire.name())
    else if (tag === KEY_VALUE.value) value = readAnyValue(wire, depth)
    else wire.skip(tag)
  }
  setAttribute(into, key, value)
}

function readAnyValue(wire: WireReader, depth: number): unknown {
  let value: unknown = null
  const end = wire.open()
  for (let tag = wire.nextTag(end); tag !== 0; tag = wire.nextTag(end)) value = readOneOf(wire, tag, depth, value)
  return depth > DEEPEST ? TOO_DEEP : value
}

function readOneOf(wire: WireReader, tag: number, depth: number, before: unknown): unknown {
  switch (tag) {
    case ANY_VALUE.string:
      return storableText(wire.name())
    case ANY_VALUE.bool:
      return wire.bool()
    case ANY_VALUE.int:
      return wire.int64()
    case ANY_VALUE.double:
      return finite(wire.double())
    case ANY_VALUE.array:
      return depth > DEEPEST ? passOver(wire) : readArray(wire, depth)
    case ANY_VALUE.kvlist:
      return depth > DEEPEST ? passOver(wire) : readList(wire, depth)
    case ANY_VALUE.bytes:
      return wire.base64()
    default:
      wire.skip(tag)
      return before
  }
}

function readArray(wire: WireReader, depth: number): unknown[] {
  const values: unknown[] = []
  const end = wire.open()
  for (let tag = wire.nextTag(end); tag !== 0; tag = wire.nextTag(end)) {
    if (tag === LIST.values) values.push(readAnyValue(wire, depth + 1))
    else wire.skip(tag)
  }
  return values
}

function readList(wire: WireReader, depth: number): Attributes {
  const list: Attributes = {}
  const end = wire.open()
  for (let tag = wire.nextTag(end); tag !== 0; tag = wire.nextTag(end)) {
    if (tag === LIST.values) readKeyValue(wire, list, depth + 1)
    else wire.skip(tag)
  }
  return list
}

function passOver(wire: WireReader): null {
  wire.slice()
  return null
}

const finite = (number: number) => (Number.isFinite(number) ? number : null)

/** For the excerpt of what was refused. */
function decodeLeniently(bytes: Buffer): unknown {
  try {
    return SpanMessage.decode(bytes)
  } catch {
    return `${bytes.length} bytes of protobuf`
  }
}
