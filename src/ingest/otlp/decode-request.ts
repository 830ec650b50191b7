import { Problem } from '../../domain/problem.ts'
import { type ExportStream, readExport } from './read-export.ts'
import { readProtobuf } from './read-protobuf.ts'

export type OtlpEncoding = 'protobuf' | 'json'

/** Reads an export request. An empty body is an empty request. Throws a Problem where it is not what it says it is. */
export function decodeRequest(body: Buffer, encoding: OtlpEncoding): ExportStream {
  if (body.length === 0) return { spans: [], rejected: [] }
  return encoding === 'protobuf' ? decodeProtobuf(body) : readExport(decodeJson(body))
}

function decodeProtobuf(body: Buffer): ExportStream {
  try {
    return readProtobuf(body)
  } catch (cause) {
    throw unreadable(`The body is not an OTLP trace request in protobuf: ${(cause as Error).message}.`)
  }
}

function decodeJson(body: Buffer): unknown {
  let request: unknown
  try {
    request = JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw unreadable(`The body is not JSON: ${(cause as Error).message}.`)
  }
  if (request !== null && typeof request === 'object' && !Array.isArray(request)) {
    const list = (request as Record<string, unknown>).resourceSpans
    if (list === undefined || list === null || Array.isArray(list)) return request
  }
  throw unreadable('The body is JSON, but not an OTLP trace request: expected resourceSpans to be an array.')
}

function unreadable(message: string): Problem {
  return new Problem('unreadable_body', message, { nextStep: 'Send an ExportTraceServiceRequest.' })
}
