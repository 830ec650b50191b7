import { lt } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { slackEvents } from '../schema/slack.ts'

/** True for whoever asks first about an event id, in any process: Slack delivers events again. */
export async function claimSlackEvent(db: Db, eventId: string, now: Date): Promise<boolean> {
  const claimed = await db
    .insert(slackEvents)
    .values({ eventId, receivedAt: now })
    .onConflictDoNothing()
    .returning({ eventId: slackEvents.eventId })
  return claimed.length > 0
}

/** Forgets event ids from before `before`; Slack repeats within minutes, so a day is plenty. */
export async function pruneSlackEvents(db: Db, before: Date): Promise<void> {
  await db.delete(slackEvents).where(lt(slackEvents.receivedAt, before))
}
