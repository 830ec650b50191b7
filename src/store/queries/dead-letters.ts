import { desc, eq, lt, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { deadLetters } from '../schema/spans.ts'

export type DeadLetter = typeof deadLetters.$inferSelect

/** Keeps what was refused. The same refusal of the same content is kept once, with its latest time. */
export async function insertDeadLetters(db: Db, letters: readonly DeadLetter[]): Promise<void> {
  const distinct = [...new Map(letters.map((letter) => [letter.id, letter])).values()]
  if (distinct.length === 0) return
  await db
    .insert(deadLetters)
    .values(distinct.sort((a, b) => (a.id < b.id ? -1 : 1)))
    .onConflictDoUpdate({ target: deadLetters.id, set: { recordedAt: sql`excluded.recorded_at` } })
}

/** Newest first. */
export function listDeadLetters(db: Db, filter: { source?: string; limit: number }): Promise<DeadLetter[]> {
  return db
    .select()
    .from(deadLetters)
    .where(filter.source === undefined ? undefined : eq(deadLetters.source, filter.source))
    .orderBy(desc(deadLetters.recordedAt), deadLetters.memberIndex, deadLetters.id)
    .limit(filter.limit)
}

export async function deleteDeadLettersBefore(db: Db, before: Date): Promise<void> {
  await db.delete(deadLetters).where(lt(deadLetters.recordedAt, before))
}
