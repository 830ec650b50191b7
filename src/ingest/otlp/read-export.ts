import { storableText } from '../storable.ts'
import { readAttributes, readNumber } from './any-value.ts'
import type { Attributes, RawSpan } from './raw-span.ts'

export interface ExportReading {
  spans: RawSpan[]
  /** Spans that cannot be kept, and why. */
  rejected: { path: string; message: string; content: unknown }[]
}

/** The same, one by one: `rejected` is whole once the last span was read. */
export interface ExportStream {
  spans: Iterable<RawSpan>
  rejected: ExportReading['rejected']
}

type Fields = Record<string, unknown>

const LATEST = Date.UTC(2200, 0, 1)

/** Every span of an export request in JSON, parsed. What is not as it should be is rejected span by span. */
export function readExport(request: unknown): ExportReading {
  const reading: ExportReading = { spans: [], rejected: [] }
  const reject = (path: string, message: string, content: unknown) => reading.rejected.push({ path, message, content })
  membersOf(request, 'resourceSpans', '', reject).forEach((resourceSpans, r) => {
    const resource = readAttributes(fieldsOf(resourceSpans.resource)?.attributes)
    const resourcePath = `resourceSpans[${r}]`
    membersOf(resourceSpans, 'scopeSpans', resourcePath, reject).forEach((scopeSpans, s) => {
      const scopeName = fieldsOf(scopeSpans.scope)?.name
      const scope = typeof scopeName === 'string' ? storableText(scopeName) : ''
      const scopePath = `${resourcePath}.scopeSpans[${s}]`
      membersOf(scopeSpans, 'spans', scopePath, reject).forEach((fields, index) => {
        const span = checkSpan(readFields(fields))
        if ('message' in span) reject(`${scopePath}.spans[${index}].${span.field}`, span.message, fields)
        else reading.spans.push({ ...span, resource, scope })
      })
    })
  })
  return reading
}

/** A span as it was sent, in either encoding. Ids in hex. */
export interface SpanFields {
  traceId: string | null
  spanId: string | null
  parentId: string | null
  name: string
  startNanoseconds: number | null
  endNanoseconds: number | null
  statusCode: number
  statusMessage: string
  attributes: Attributes
  events: RawSpan['events']
}

export function emptyFields(): SpanFields {
  return {
    traceId: null,
    spanId: null,
    parentId: null,
    name: '',
    startNanoseconds: null,
    endNanoseconds: null,
    statusCode: 0,
    statusMessage: '',
    attributes: {},
    events: [],
  }
}

/** The span, or which field of it is not as it should be. */
export function checkSpan(
  fields: SpanFields,
): Omit<RawSpan, 'resource' | 'scope'> | { field: string; message: string } {
  const traceId = readId(fields.traceId, 32)
  if (!traceId) return { field: 'traceId', message: 'expected 16 bytes, not all zero' }
  const spanId = readId(fields.spanId, 16)
  if (!spanId) return { field: 'spanId', message: 'expected 8 bytes, not all zero' }
  const endedAt = readTime(fields.endNanoseconds)
  const startedAt = readTime(fields.startNanoseconds) ?? endedAt
  if (!startedAt) return { field: 'startTimeUnixNano', message: 'expected nanoseconds since 1970' }
  const { name, statusCode, statusMessage, attributes, events } = fields
  const parentId = readId(fields.parentId, 16)
  return { traceId, spanId, parentId, name, startedAt, endedAt, statusCode, statusMessage, attributes, events }
}

function readFields(fields: Fields): SpanFields {
  const status = fieldsOf(fields.status)
  return {
    traceId: hexOf(fields.traceId),
    spanId: hexOf(fields.spanId),
    parentId: hexOf(fields.parentSpanId),
    name: typeof fields.name === 'string' ? storableText(fields.name) : '',
    startNanoseconds: readNumber(fields.startTimeUnixNano),
    endNanoseconds: readNumber(fields.endTimeUnixNano),
    statusCode: readNumber(status?.code) ?? 0,
    statusMessage: typeof status?.message === 'string' ? storableText(status.message) : '',
    attributes: readAttributes(fields.attributes),
    events: (Array.isArray(fields.events) ? fields.events : []).flatMap((event: unknown) => {
      const { name, attributes } = fieldsOf(event) ?? {}
      return typeof name === 'string' ? [{ name: storableText(name), attributes: readAttributes(attributes) }] : []
    }),
  }
}

/** Ids are hex in JSON. */
const hexOf = (value: unknown) => (typeof value === 'string' ? value : null)

function readId(hex: string | null, length: number): string | null {
  if (hex === null || hex.length !== length || !/^[0-9a-f]+$/i.test(hex) || /^0+$/.test(hex)) return null
  return hex.toLowerCase()
}

function readTime(nanoseconds: number | null): Date | null {
  const milliseconds = (nanoseconds ?? 0) / 1e6
  return milliseconds > 0 && milliseconds < LATEST ? new Date(Math.floor(milliseconds)) : null
}

function membersOf(
  holder: unknown,
  name: string,
  path: string,
  reject: (path: string, message: string, content: unknown) => void,
): Fields[] {
  const list = fieldsOf(holder)?.[name]
  const place = path === '' ? name : `${path}.${name}`
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) {
    reject(place, 'expected an array', list)
    return []
  }
  return list.flatMap((item: unknown, index) => {
    const fields = fieldsOf(item)
    if (!fields) reject(`${place}[${index}]`, 'expected an object', item)
    return fields ? [fields] : []
  })
}

function fieldsOf(value: unknown): Fields | null {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : null
}
