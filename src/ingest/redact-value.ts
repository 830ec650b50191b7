import { cutPayload, PAYLOAD_LIMIT } from './cut-payload.ts'
import { setAttribute } from './otlp/any-value.ts'
import type { Redaction } from './redaction.ts'

const SECRET_NAMES =
  /^(?:password|passwd|passphrase|secret|(?:client|app)[_-]?secret|(?:x[_-])?api[_-]?key|(?:access|refresh|auth|bearer|session|id)[_-]?token|authorization|private[_-]?key|credentials?)$/i

/** A JSON value with every text in it redacted; the value of a name such as `password` goes whole. The same object where nothing is. */
export function redactValue(value: unknown, redaction?: Redaction): unknown {
  if (typeof value === 'string') return cutPayload(value, redaction)
  if (value === null || typeof value !== 'object') return value
  if (!Array.isArray(value)) return redactFields(value as Record<string, unknown>, redaction)
  const members = value.map((member) => redactValue(member, redaction))
  return members.some((member, place) => member !== value[place]) ? members : value
}

/** Nearly always there is nothing to redact: then no copy is made. */
function redactFields(fields: Record<string, unknown>, redaction?: Redaction): Record<string, unknown> {
  let redacted: Record<string, unknown> | null = null
  for (const name in fields) {
    const member = fields[name]
    const kept = typeof member === 'string' && SECRET_NAMES.test(name) ? '[secret]' : redactValue(member, redaction)
    if (Object.is(kept, member)) continue
    redacted ??= { ...fields }
    setAttribute(redacted, name, kept)
  }
  return redacted ?? fields
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
