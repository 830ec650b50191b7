import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { digests } from '../schema/slack.ts'

export interface DigestKey {
  /** Monday of the week. */
  week: string
  channel: string
}

/**
 * Takes the right to post a digest; whoever gets `true` posts. A claim made before `staleBefore` without a message is of a
 * process that died, and may be taken over.
 */
export async function claimDigest(db: Db, key: DigestKey, claimedAt: Date, staleBefore: Date): Promise<boolean> {
  const rows = await db
    .insert(digests)
    .values({ ...key, claimedAt })
    .onConflictDoUpdate({
      target: [digests.week, digests.channel],
      set: { claimedAt },
      setWhere: and(isNull(digests.messageTs), lt(digests.claimedAt, staleBefore)),
    })
    .returning({ week: digests.week })
  return rows.length > 0
}

/** Gives a claim back, where it is known that nothing was posted. */
export async function releaseDigest(db: Db, key: DigestKey, claimedAt: Date): Promise<void> {
  await db
    .delete(digests)
    .where(
      and(
        eq(digests.week, key.week),
        eq(digests.channel, key.channel),
        eq(digests.claimedAt, claimedAt),
        isNull(digests.messageTs),
      ),
    )
}

export async function recordDigestPosted(db: Db, key: DigestKey, messageTs: string, postedAt: Date): Promise<void> {
  await db
    .update(digests)
    .set({ messageTs, postedAt })
    .where(and(eq(digests.week, key.week), eq(digests.channel, key.channel)))
}

/** The message of a digest that was posted; null while it is not. */
export async function findDigestMessage(db: Db, key: DigestKey): Promise<string | null> {
  const rows = await db
    .select({ messageTs: digests.messageTs })
    .from(digests)
    .where(and(eq(digests.week, key.week), eq(digests.channel, key.channel)))
  return rows[0]?.messageTs ?? null
}
