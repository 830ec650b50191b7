import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IngestLoad } from '../ingest/ingest-load.ts'
import { HttpError } from './http-error.ts'

export interface PressureLimits {
  /** Calls that may be in flight at once. */
  calls: number
  /** Bytes of bodies that may be in flight at once; a single body is always taken. */
  bytes: number
}

/** Bytes are what fills the memory; a burst of many small calls is welcome. */
const DEFAULT_LIMITS: PressureLimits = { calls: 1000, bytes: 64 * 1024 * 1024 }
/** Assumed where a sender does not say how long its body is. */
const UNSTATED_LENGTH = 256 * 1024

/**
 * An `onRequest` hook that refuses calls beyond what can be held in memory with 503 and Retry-After, so that senders
 * keep and repeat them. Calls that it lets in are counted in `load` until they are answered.
 */
export function createPressureGate(load: IngestLoad, limits: PressureLimits = DEFAULT_LIMITS) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const length = Number(request.headers['content-length'] ?? UNSTATED_LENGTH) || 0
    if (load.calls >= limits.calls || (load.calls > 0 && load.bytes + length > limits.bytes)) {
      reply.header('retry-after', '1')
      throw new HttpError(503, 'busy', 'Docket is taking as much as it can.', 'Send it again in a second.')
    }
    load.calls += 1
    load.bytes += length
    // Emitted once whether the answer was sent or the sender went away.
    reply.raw.once('close', () => {
      load.calls -= 1
      load.bytes -= length
    })
  }
}
