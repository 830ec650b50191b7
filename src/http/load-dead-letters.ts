import type { Db } from '../store/client.ts'
import {
  countDeadLetters,
  type DeadLetter,
  type DeadLetterPlace,
  listDeadLetterSources,
  listDeadLetters,
} from '../store/queries/dead-letters.ts'
import { cursorOf } from './dead-letter-cursor.ts'
import type { DeadLettersShown } from './pages/dead-letters-page.ts'

const LETTERS_A_PAGE = 50
const REASONS = 30

interface DeadLetterFilter {
  source?: string | undefined
  after?: DeadLetterPlace | undefined
  limit?: number | undefined
}

/** Refusals from a place on, and where the list goes on; null at its end. */
export async function listDeadLettersFrom(
  db: Db,
  { source, after, limit }: DeadLetterFilter & { limit: number },
): Promise<{ letters: DeadLetter[]; next: string | null }> {
  const letters = await listDeadLetters(db, { source, after: after ?? null, limit: limit + 1 })
  const shown = letters.slice(0, limit)
  return { letters: shown, next: letters.length > limit ? cursorOf(shown.at(-1)!) : null }
}

/** What the page of refusals shows. Reasons are counted for the first page only. */
export async function loadDeadLetters(
  db: Db,
  filter: DeadLetterFilter,
): Promise<Omit<DeadLettersShown, 'retentionDays'>> {
  const { source, after, limit = LETTERS_A_PAGE } = filter
  return {
    source: source ?? null,
    sources: await listDeadLetterSources(db),
    counts: after ? [] : await countDeadLetters(db, { source, limit: REASONS }),
    ...(await listDeadLettersFrom(db, { source, after, limit })),
    isLater: after !== undefined,
  }
}
