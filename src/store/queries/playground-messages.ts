import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { playgroundMessages } from '../schema/slack.ts'

export type PlaygroundMessage = Omit<typeof playgroundMessages.$inferSelect, 'deletedAt'>

export async function insertPlaygroundMessage(db: Db, message: PlaygroundMessage): Promise<void> {
  await db.insert(playgroundMessages).values({ ...message, deletedAt: null })
}

export async function updatePlaygroundMessage(
  db: Db,
  channel: string,
  ts: string,
  message: Record<string, unknown>,
): Promise<void> {
  await db
    .update(playgroundMessages)
    .set({ message })
    .where(and(eq(playgroundMessages.channel, channel), eq(playgroundMessages.ts, ts)))
}

export async function deletePlaygroundMessage(db: Db, channel: string, ts: string, now: Date): Promise<void> {
  await db
    .update(playgroundMessages)
    .set({ deletedAt: now })
    .where(and(eq(playgroundMessages.channel, channel), eq(playgroundMessages.ts, ts)))
}

export async function findPlaygroundMessage(db: Db, channel: string, ts: string): Promise<PlaygroundMessage | null> {
  const rows = await db
    .select()
    .from(playgroundMessages)
    .where(
      and(eq(playgroundMessages.channel, channel), eq(playgroundMessages.ts, ts), isNull(playgroundMessages.deletedAt)),
    )
    .limit(1)
  return rows[0] ?? null
}

/** The newest messages that still stand, oldest first. */
export async function listPlaygroundMessages(db: Db, limit: number): Promise<PlaygroundMessage[]> {
  const newest = await db
    .select()
    .from(playgroundMessages)
    .where(isNull(playgroundMessages.deletedAt))
    .orderBy(desc(playgroundMessages.ts))
    .limit(limit)
  return newest.reverse()
}
