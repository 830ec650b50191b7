import { eq } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { markers } from '../schema/settings.ts'

/** The marker's value; `value` where there was none yet. Of several processes at once, all get the one that is kept. */
export async function getOrCreateMarker(db: Db, name: string, value: unknown, now: Date): Promise<unknown> {
  await db.insert(markers).values({ name, value, updatedAt: now }).onConflictDoNothing()
  const [marker] = await db.select().from(markers).where(eq(markers.name, name))
  return marker!.value
}
