import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { shiftPosts } from '../schema/watchlist.ts'

export interface ShiftPostKey {
  noticeId: string
  channel: string
}

const isKey = (key: ShiftPostKey) => and(eq(shiftPosts.noticeId, key.noticeId), eq(shiftPosts.channel, key.channel))

/**
 * Takes the right to post a notice into a channel; whoever gets `true` posts. A claim made before `staleBefore` without a
 * message is of a process that died, and may be taken over.
 */
export async function claimShiftPost(db: Db, key: ShiftPostKey, claimedAt: Date, staleBefore: Date): Promise<boolean> {
  const rows = await db
    .insert(shiftPosts)
    .values({ ...key, claimedAt })
    .onConflictDoUpdate({
      target: [shiftPosts.noticeId, shiftPosts.channel],
      set: { claimedAt },
      setWhere: and(isNull(shiftPosts.messageTs), lt(shiftPosts.claimedAt, staleBefore)),
    })
    .returning({ noticeId: shiftPosts.noticeId })
  return rows.length > 0
}

/** Gives a claim back, where it is known that nothing was posted. */
export async function releaseShiftPost(db: Db, key: ShiftPostKey, claimedAt: Date): Promise<void> {
  await db.delete(shiftPosts).where(and(isKey(key), eq(shiftPosts.claimedAt, claimedAt), isNull(shiftPosts.messageTs)))
}

export async function recordShiftPosted(db: Db, key: ShiftPostKey, messageTs: string, postedAt: Date): Promise<void> {
  await db.update(shiftPosts).set({ messageTs, postedAt }).where(isKey(key))
}

/** The message of a notice that was posted; null while it is not. */
export async function findShiftPost(db: Db, key: ShiftPostKey): Promise<string | null> {
  const [post] = await db.select({ messageTs: shiftPosts.messageTs }).from(shiftPosts).where(isKey(key))
  return post?.messageTs ?? null
}

/** Where notices were posted, and when. */
export async function listShiftPosts(db: Db): Promise<(typeof shiftPosts.$inferSelect)[]> {
  return db.select().from(shiftPosts)
}
