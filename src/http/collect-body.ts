import type { IncomingMessage } from 'node:http'

/** A body was longer than its limit. What is left of it was not read. */
export class BodyTooLong extends Error {}

/**
 * The whole body in one buffer, made at once where the sender states its length, so that a large body is not in memory
 * twice. Rejects with BodyTooLong where it is over `limit` bytes, and with the stream's error where the sender breaks off.
 */
export function collectBody(payload: IncomingMessage, limit: number): Promise<Buffer> {
  const stated = Number(payload.headers['content-length'] ?? 0)
  if (stated > limit) return Promise.reject(new BodyTooLong())
  return new Promise((resolve, reject) => {
    let body = Buffer.allocUnsafeSlow(stated || FIRST_BYTES)
    let length = 0
    const stop = () => payload.off('data', take).off('end', finish).off('error', fail)
    const take = (chunk: Buffer) => {
      if (length + chunk.length > limit) {
        stop()
        reject(new BodyTooLong())
        return
      }
      if (length + chunk.length > body.length)
        body = enlarge(body, length, Math.min(limit, 2 * (length + chunk.length)))
      length += chunk.copy(body, length)
    }
    const finish = () => {
      stop()
      resolve(body.subarray(0, length))
    }
    const fail = (error: Error) => {
      stop()
      reject(error)
    }
    payload.on('data', take).on('end', finish).on('error', fail)
  })
}

/** For a body of which nobody said how long it is. */
const FIRST_BYTES = 64 * 1024

function enlarge(body: Buffer, length: number, size: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(size)
  body.copy(larger, 0, 0, length)
  return larger
}
