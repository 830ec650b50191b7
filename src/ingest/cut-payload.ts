import { sha256 } from './content-hash.ts'
import { redactText } from './redact-text.ts'
import type { Redaction } from './redaction.ts'

/** Longer payloads are cut: what a person or an analysis reads of a step fits well within it. */
export const PAYLOAD_LIMIT = 64 * 1024
/** Read beyond the cut, so that a secret that straddles it is seen whole. */
const OVERLAP = 1024

/** Redacted, and cut to 64 Ki characters with a mark that gives the original's length and hash. */
export function cutPayload(text: string, redaction?: Redaction): string {
  if (text.length <= PAYLOAD_LIMIT) return redactText(text, redaction)
  const kept = redactText(text.slice(0, PAYLOAD_LIMIT + OVERLAP), redaction)
    .slice(0, PAYLOAD_LIMIT)
    .toWellFormed()
  return `${kept} [cut: ${text.length} characters, sha256 ${sha256(text)}]`
}
