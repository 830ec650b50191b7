import { eq } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { shiftMutes } from '../schema/watchlist.ts'

export type ShiftMute = typeof shiftMutes.$inferSelect

/** Workflows that are or were muted; a mute ends by itself. */
export async function listShiftMutes(db: Db): Promise<ShiftMute[]> {
  return db.select().from(shiftMutes)
}

export async function putShiftMute(db: Db, mute: ShiftMute): Promise<void> {
  await db.insert(shiftMutes).values(mute).onConflictDoUpdate({ target: shiftMutes.workflow, set: mute })
}

export async function deleteShiftMute(db: Db, workflow: string): Promise<void> {
  await db.delete(shiftMutes).where(eq(shiftMutes.workflow, workflow))
}
