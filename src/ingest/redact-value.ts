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
  // Most are far from the limit, and need not be written out to see it.
  if (mostCharacters(redacted) <= PAYLOAD_LIMIT) return redacted
  const text = JSON.stringify(redacted)
  return text.length > PAYLOAD_LIMIT ? cutPayload(text, redaction) : redacted
}

/** At least as long as the value's JSON: a character may be written as six, a number as 25. */
function mostCharacters(value: unknown): number {
  if (typeof value === 'string') return value.length * 6 + 2
  if (value === null || typeof value !== 'object') return 25
  let most = 2
  if (Array.isArray(value)) for (const member of value) most += mostCharacters(member) + 1
  else for (const name in value) most += name.length * 6 + 4 + mostCharacters((value as Record<string, unknown>)[name])
  return most
}
