import type { Db } from '../store/client.ts'
import { type DeadLetter, insertDeadLetters } from '../store/queries/dead-letters.ts'
import { contentHash } from './content-hash.ts'
import { cutPayload } from './cut-payload.ts'
import { loadIngestRules } from './load-ingest-rules.ts'
import type { Redaction } from './redaction.ts'
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

/**
 * Keeps what was refused and why, cut, for `GET /api/dead-letters`; redacted by the rules of the workflow that the content
 * names, and by the strictest of all where it names none.
 */
export async function recordRefusals(
  db: Db,
  refusals: readonly Refusal[],
  context: { now: Date; source: string },
): Promise<void> {
  if (refusals.length === 0) return
  const rules = await loadIngestRules(db)
  await insertDeadLetters(
    db,
    refusals.slice(0, LETTERS_A_REQUEST).map((refusal): DeadLetter => {
      const redaction = rules.redactionOf(workflowOf(refusal.content))
      const letter = {
        source: context.source,
        memberIndex: refusal.index,
        // Both may name a key of the content.
        path: cutPayload(storableText(refusal.path), redaction),
        message: cutPayload(storableText(withoutSnippet(refusal.message)), redaction),
        excerpt: excerptOf(refusal.content, redaction),
      }
      return { id: contentHash(letter), ...letter, recordedAt: context.now }
    }),
  )
}

/** The workflow that a refused member names; what could not be read names none. */
function workflowOf(content: unknown): string | null {
  const named = typeof content === 'object' && content !== null && 'workflow' in content ? content.workflow : null
  return typeof named === 'string' ? named : null
}

/** The JSON parser quotes what it stumbled over, cut anywhere: a cut secret is not seen for one. The excerpt shows it whole. */
function withoutSnippet(message: string): string {
  return message.replace(/, (?:\.{3})?"[\s\S]*"(?:\.{3})?(?= is not valid JSON)/, '')
}

function excerptOf(content: unknown, redaction: Redaction): string {
  const redacted = cutPayload(storableText(typeof content === 'string' ? content : shallowJson(content)), redaction)
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
