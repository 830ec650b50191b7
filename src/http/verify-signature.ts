import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { HttpError } from './http-error.ts'

/** Signatures older than this are refused, so that a recorded call cannot be played again later. */
const TOLERANCE_SECONDS = 300

export function isSigned(headers: IncomingHttpHeaders): boolean {
  return headers['x-docket-signature'] !== undefined
}

/** `X-Docket-Signature: v1=HEX`, where HEX is the HMAC-SHA256 of `TIMESTAMP.BODY` as sent. */
export function signatureOf(secret: string, timestamp: string, body: Buffer): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`
}

/**
 * Checks the signature of a call: `X-Docket-Timestamp` in seconds since 1970, `X-Docket-Signature` over it and the body.
 * Throws an HttpError 401 where they do not fit.
 */
export function verifySignature(headers: IncomingHttpHeaders, body: Buffer, secret: string, now: Date): void {
  const timestamp = String(headers['x-docket-timestamp'] ?? '')
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp))
  if (!/^\d{1,12}$/.test(timestamp) || age > TOLERANCE_SECONDS) {
    throw new HttpError(
      401,
      'stale_signature',
      'X-Docket-Timestamp is missing, or more than five minutes from now.',
      'Sign each call when it is sent, with the time in seconds since 1970.',
    )
  }
  const expected = Buffer.from(signatureOf(secret, timestamp, body))
  const given = Buffer.from(String(headers['x-docket-signature']))
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new HttpError(
      401,
      'wrong_signature',
      'X-Docket-Signature does not fit the body.',
      'Sign TIMESTAMP.BODY, the bytes as sent, with HMAC-SHA256 and the shared secret: v1=HEX.',
    )
  }
}
