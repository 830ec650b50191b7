import type { OtlpEncoding } from './decode-request.ts'
import { ExportResponse, RpcStatus } from './protocol.ts'

export const CONTENT_TYPES: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
}

/** An ExportTraceServiceResponse: `partialSuccess` is there only where something was rejected. */
export function encodeResponse(rejectedSpans: number, errorMessage: string, encoding: OtlpEncoding): Buffer {
  const partialSuccess = { rejectedSpans, errorMessage }
  const response = rejectedSpans > 0 || errorMessage !== '' ? { partialSuccess } : {}
  if (encoding === 'protobuf') return Buffer.from(ExportResponse.encode(ExportResponse.fromObject(response)).finish())
  // Protobuf's JSON form writes 64-bit integers as text.
  return Buffer.from(
    JSON.stringify(
      'partialSuccess' in response ? { partialSuccess: { rejectedSpans: String(rejectedSpans), errorMessage } } : {},
    ),
  )
}

/** Codes of google.rpc.Status by HTTP status. */
const RPC_CODES: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  413: 3,
  415: 3,
  429: 8,
  500: 13,
  503: 14,
}

/** The google.rpc.Status with which OTLP calls fail. */
export function encodeStatus(httpStatus: number, message: string, encoding: OtlpEncoding): Buffer {
  const status = { code: RPC_CODES[httpStatus] ?? 2, message }
  if (encoding === 'json') return Buffer.from(JSON.stringify(status))
  return Buffer.from(RpcStatus.encode(RpcStatus.fromObject(status)).finish())
}
