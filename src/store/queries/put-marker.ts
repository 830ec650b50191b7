import type { Db } from '../client.ts'
import { markers } from '../schema/settings.ts'

export async function putMarker(db: Db, name: string, value: unknown, now: Date): Promise<void> {
  await db
    .insert(markers)
    .values({ name, value, updatedAt: now })
    .onConflictDoUpdate({ target: markers.name, set: { value, updatedAt: now } })
}
