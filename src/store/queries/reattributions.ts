import { desc } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { reattributions } from '../schema/settings.ts'

export type Reattribution = typeof reattributions.$inferSelect

export async function insertReattribution(tx: Db, row: Reattribution): Promise<void> {
  await tx.insert(reattributions).values(row)
}

/** Newest first. */
export function listReattributions(db: Db, limit: number): Promise<Reattribution[]> {
  return db.select().from(reattributions).orderBy(desc(reattributions.requestedAt), reattributions.id).limit(limit)
}
