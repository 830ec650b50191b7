import { eq } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { markers } from '../schema/settings.ts'

/** Null where there is no such marker. */
export async function getMarker(db: Db, name: string): Promise<unknown> {
  const [marker] = await db.select().from(markers).where(eq(markers.name, name))
  return marker?.value ?? null
}
