import { and, desc, eq } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { slackAnswers } from '../schema/slack.ts'

export type StoredAnswer = typeof slackAnswers.$inferSelect
type NewAnswer = Omit<StoredAnswer, 'revisitedAt' | 'isRevised'>

export async function insertSlackAnswer(db: Db, answer: NewAnswer): Promise<void> {
  await db.insert(slackAnswers).values(answer)
}

/** Notes where the answer stands, once Slack has it. */
export async function placeSlackAnswer(
  db: Db,
  id: string,
  place: { channel: string; threadTs: string | null; messageTs: string | null },
): Promise<void> {
  await db.update(slackAnswers).set(place).where(eq(slackAnswers.id, id))
}

export async function findSlackAnswer(db: Db, id: string): Promise<StoredAnswer | null> {
  const rows = await db.select().from(slackAnswers).where(eq(slackAnswers.id, id)).limit(1)
  return rows[0] ?? null
}

/** The newest answer in a thread; null where Docket has not spoken there. */
export async function findAnswerInThread(db: Db, channel: string, threadTs: string): Promise<StoredAnswer | null> {
  const rows = await db
    .select()
    .from(slackAnswers)
    .where(and(eq(slackAnswers.channel, channel), eq(slackAnswers.threadTs, threadTs)))
    .orderBy(desc(slackAnswers.createdAt))
    .limit(1)
  return rows[0] ?? null
}
