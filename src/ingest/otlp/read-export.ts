import { storableText } from '../storable.ts'
import { readAttributes, readNumber } from './any-value.ts'
import type { RawSpan } from './raw-span.ts'

export interface ExportReading {
  spans: RawSpan[]
  /** Spans that cannot be kept, and why. */
  rejected: { path: string; message: string; content: unknown }[]
}

type Fields = Record<string, unknown>

const LATEST = Date.UTC(2200, 0, 1)

/** Every span of a decoded export request, JSON or protobuf. What is not as it should be is rejected span by span. */
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
        const span = readSpan(fields)
        if ('message' in span) reject(`${scopePath}.spans[${index}].${span.field}`, span.message, fields)
        else reading.spans.push({ ...span, resource, scope })
      })
    })
  })
  return reading
}

function readSpan(fields: Fields): Omit<RawSpan, 'resource' | 'scope'> | { field: string; message: string } {
  const traceId = readId(fields.traceId, 32)
  if (!traceId) return { field: 'traceId', message: 'expected 16 bytes, not all zero' }
  const spanId = readId(fields.spanId, 16)
  if (!spanId) return { field: 'spanId', message: 'expected 8 bytes, not all zero' }
  const endedAt = readTime(fields.endTimeUnixNano)
  const startedAt = readTime(fields.startTimeUnixNano) ?? endedAt
  if (!startedAt) return { field: 'startTimeUnixNano', message: 'expected nanoseconds since 1970' }
  const status = fieldsOf(fields.status)
  return {
    traceId,
    spanId,
    parentId: readId(fields.parentSpanId, 16),
    name: typeof fields.name === 'string' ? storableText(fields.name) : '',
    startedAt,
    endedAt,
    statusCode: readNumber(status?.code) ?? 0,
    statusMessage: typeof status?.message === 'string' ? storableText(status.message) : '',
    attributes: readAttributes(fields.attributes),
    events: (Array.isArray(fields.events) ? fields.events : []).flatMap((event: unknown) => {
      const { name, attributes } = fieldsOf(event) ?? {}
      return typeof name === 'string' ? [{ name: storableText(name), attributes: readAttributes(attributes) }] : []
    }),
  }
}

/** Ids are bytes in protobuf and hex in JSON. */
function readId(value: unknown, length: number): string | null {
  const hex = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
  if (typeof hex !== 'string' || hex.length !== length || !/^[0-9a-f]+$/i.test(hex) || /^0+$/.test(hex)) return null
  return hex.toLowerCase()
}

function readTime(value: unknown): Date | null {
  const milliseconds = (readNumber(value) ?? 0) / 1e6
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
