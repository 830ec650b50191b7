import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../domain/problem.ts'
import { createGroupWriter } from '../../ingest/group-writes.ts'
import type { IngestLoad } from '../../ingest/ingest-load.ts'
import { decodeRequest, type OtlpEncoding } from '../../ingest/otlp/decode-request.ts'
import { CONTENT_TYPES, encodeResponse, encodeStatus } from '../../ingest/otlp/encode-response.ts'
import type { ExportStream } from '../../ingest/otlp/read-export.ts'
import { receiveExport } from '../../ingest/receive-export.ts'
import { recordRefusals } from '../../ingest/record-refusals.ts'
import type { Database, Db } from '../../store/client.ts'
import { isTransientError } from '../../store/is-transient-error.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { createPressureGate, type PressureLimits } from '../pressure-gate.ts'
import { rawBody, readBody, takeRawBodies } from '../read-body.ts'
import { createTurns } from '../take-turns.ts'

export interface OtlpDependencies {
  database: Database
  clock: () => Date
  /** Called after each commit that may have changed facts. Must not throw. */
  afterIngest: () => void
  requireScope: RequireScope
  /** Told of faults that are not the sender's, which are answered 500. */
  onFault?: (error: unknown) => void
  /** Shared with the other routes that take data in. */
  load: IngestLoad
  pressure?: PressureLimits
}

/** Bytes of bodies that are read and stored at once: enough to keep a processor and the database busy at the same time. */
const BYTES_AT_ONCE = 4 * 1024 * 1024

/** The path of the specification, and those that Langfuse's and LangSmith's clients make of a base URL. */
const PATHS = ['/v1/traces', '/api/public/otel/v1/traces', '/otel/v1/traces']

/** OTLP/HTTP traces, protobuf or JSON. Every failure, 401 and 413 included, is a google.rpc.Status in the request's encoding. */
export function otlpRoutes(dependencies: OtlpDependencies): FastifyPluginAsync {
  const { database, clock } = dependencies
  const takeTurns = createTurns(BYTES_AT_ONCE)
  const write = createGroupWriter(database.db)
  return async (app) => {
    takeRawBodies(app)
    app.setErrorHandler((error, request, reply) => answerStatus(error, request, reply, dependencies))
    app.addHook('onRequest', createPressureGate(dependencies.load, dependencies.pressure))
    app.addHook('onRequest', dependencies.requireScope('ingest'))
    for (const path of PATHS) {
      app.post(path, async (request, reply) => {
        const encoding = encodingOf(request)
        const context = { now: clock(), source: 'otlp' }
        const receipt = await takeTurns(sizeOf(request), async () =>
          receiveExport(database.db, await readRequest(request, encoding, database.db, context), context, write),
        )
        if (receipt.accepted > 0) dependencies.afterIngest()
        reply.header('content-type', CONTENT_TYPES[encoding])
        return reply.send(encodeResponse(receipt.rejected, receipt.message, encoding))
      })
    }
  }
}

/** How large a compressed body becomes is not known before: no more than four are unpacked at once. */
function sizeOf(request: FastifyRequest): number {
  const { length } = rawBody(request)
  const isCompressed = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase() !== 'identity'
  return isCompressed ? Math.max(length * 8, BYTES_AT_ONCE / 4) : length
}

function contentTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
}

function encodingOf(request: FastifyRequest): OtlpEncoding {
  const contentType = contentTypeOf(request)
  if (contentType === 'application/x-protobuf' || contentType === 'application/protobuf') return 'protobuf'
  if (contentType === 'application/json') return 'json'
  throw new HttpError(
    415,
    'unknown_content_type',
    `The content type "${contentType.slice(0, 100)}" is not known.`,
    'Send application/x-protobuf or application/json.',
  )
}

async function readRequest(
  request: FastifyRequest,
  encoding: OtlpEncoding,
  db: Db,
  context: { now: Date; source: string },
): Promise<ExportStream> {
  const body = await readBody(request)
  try {
    return decodeRequest(body, encoding)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const content = encoding === 'json' ? body.toString('utf8', 0, 4096) : `${body.length} bytes of protobuf`
    await recordRefusals(db, [{ index: null, path: '', message: error.message, content }], context)
    throw new HttpError(400, error.code, error.message, error.nextStep)
  }
}

function answerStatus(error: unknown, request: FastifyRequest, reply: FastifyReply, dependencies: OtlpDependencies) {
  const { status, message } = describe(error, dependencies)
  const encoding: OtlpEncoding = contentTypeOf(request).includes('protobuf') ? 'protobuf' : 'json'
  if (status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', '2')
  return reply
    .code(status)
    .header('content-type', CONTENT_TYPES[encoding])
    .send(encodeStatus(status, message, encoding))
}

function describe(error: unknown, dependencies: OtlpDependencies): { status: number; message: string } {
  if (error instanceof HttpError) {
    return { status: error.statusCode, message: [error.message, error.nextStep].filter(Boolean).join(' ') }
  }
  // A client repeats what was answered 503, and drops what was answered 500.
  if (isTransientError(error))
    return { status: 503, message: 'The database cannot be reached. Send it again in a moment.' }
  const { statusCode, message } = error as { statusCode?: number; message?: string }
  if (statusCode !== undefined && statusCode < 500) return { status: statusCode, message: message ?? 'Bad request.' }
  dependencies.onFault?.(error)
  return { status: 500, message: 'Docket could not take this.' }
}
