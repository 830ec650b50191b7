import { cutPayload, PAYLOAD_LIMIT } from './cut-payload.ts'
import type { Redaction } from './redaction.ts'

const SECRET_NAMES =
  /^(?:password|passwd|passphrase|secret|(?:client|app)[_-]?secret|(?:x[_-])?api[_-]?key|(?:access|refresh|auth|bearer|session|id)[_-]?token|authorization|private[_-]?key|credentials?)$/i

/** A JSON value with every text in it redacted; the value of a name such as `password` goes whole. */
export function redactValue(value: unknown, redaction?: Redaction): unknown {
  if (typeof value === 'string') return cutPayload(value, redaction)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((member) => redactValue(member, redaction))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'string' && SECRET_NAMES.test(name) ? '[secret]' : redactValue(member, redaction),
    ]),
  )
}

/** As `redactValue`; a value whose JSON is over the limit becomes that JSON, cut. */
export function redactPayload(value: unknown, redaction?: Redaction): unknown {
  if (value === null || value === undefined) return value
  const redacted = redactValue(value, redaction)
  if (typeof redacted !== 'object') return redacted
  const text = JSON.stringify(redacted)
  return text.length > PAYLOAD_LIMIT ? cutPayload(text, redaction) : redacted
}
