import { and, count, eq } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { feedback } from '../schema/slack.ts'

/** Records one person's vote on one answer; a later vote of the same person takes the place of the earlier one. */
export async function recordFeedback(
  db: Db,
  vote: { messageId: string; user: string; helpful: boolean; recordedAt: Date },
): Promise<{ helpful: number; notHelpful: number }> {
  await db
    .insert(feedback)
    .values(vote)
    .onConflictDoUpdate({
      target: [feedback.messageId, feedback.user],
      set: { helpful: vote.helpful, recordedAt: vote.recordedAt },
    })
  const votes = (helpful: boolean) =>
    db
      .select({ total: count() })
      .from(feedback)
      .where(and(eq(feedback.messageId, vote.messageId), eq(feedback.helpful, helpful)))
  const [helpful] = await votes(true)
  const [notHelpful] = await votes(false)
  return { helpful: helpful?.total ?? 0, notHelpful: notHelpful?.total ?? 0 }
}
