import type { Db } from '../store/client.ts'
import {
  countDeadLetters,
  type DeadLetterPlace,
  listDeadLetterSources,
  listDeadLetters,
} from '../store/queries/dead-letters.ts'
import { cursorOf } from './dead-letter-cursor.ts'
import type { DeadLettersShown } from './pages/dead-letters-page.ts'

const LETTERS_A_PAGE = 50
const REASONS = 30

/** What the page of refusals shows. Reasons are counted for the first page only. */
export async function loadDeadLetters(
  db: Db,
  filter: { source?: string | undefined; after?: DeadLetterPlace | undefined; limit?: number | undefined },
): Promise<Omit<DeadLettersShown, 'retentionDays'>> {
  const { source, after, limit = LETTERS_A_PAGE } = filter
  const letters = await listDeadLetters(db, { source, after: after ?? null, limit: limit + 1 })
  const shown = letters.slice(0, limit)
  return {
    source: source ?? null,
    sources: await listDeadLetterSources(db),
    counts: after ? [] : await countDeadLetters(db, { source, limit: REASONS }),
    letters: shown,
    isLater: after !== undefined,
    next: letters.length > limit ? cursorOf(shown.at(-1)!) : null,
  }
}
