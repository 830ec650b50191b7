import type { Db } from '../store/client.ts'
import { type DeadLetter, insertDeadLetters } from '../store/queries/dead-letters.ts'
import { contentHash } from './content-hash.ts'
import { cutPayload } from './cut-payload.ts'
import { storableText } from './storable.ts'

const EXCERPT_LENGTH = 500
/** Of one request: the rest fail for the same few reasons. */
const LETTERS_A_REQUEST = 100

export interface Refusal {
  index: number | null
  path: string
  message: string
  /** What was refused, as text or as a value. */
  content: unknown
}

/** Keeps what was refused and why, redacted and cut, for `GET /api/dead-letters`. */
export async function recordRefusals(
  db: Db,
  refusals: readonly Refusal[],
  context: { now: Date; source: string },
): Promise<void> {
  await insertDeadLetters(
    db,
    refusals.slice(0, LETTERS_A_REQUEST).map((refusal): DeadLetter => {
      const letter = {
        source: context.source,
        memberIndex: refusal.index,
        path: storableText(refusal.path),
        message: storableText(refusal.message),
        excerpt: excerptOf(refusal.content),
      }
      return { id: contentHash(letter), ...letter, recordedAt: context.now }
    }),
  )
}

function excerptOf(content: unknown): string {
  const redacted = cutPayload(storableText(typeof content === 'string' ? content : shallowJson(content)))
  return redacted.length > EXCERPT_LENGTH ? `${redacted.slice(0, EXCERPT_LENGTH).toWellFormed()}…` : redacted
}

/** A value may nest too deep to be written whole. */
function shallowJson(content: unknown): string {
  try {
    return JSON.stringify(content) ?? ''
  } catch {
    return '(nested too deep to show)'
  }
}
