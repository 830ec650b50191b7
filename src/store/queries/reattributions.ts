import { desc, eq } from 'drizzle-orm'
import type { RepricingResult } from '../../domain/repricing.ts'
import type { Db } from '../client.ts'
import { reattributions } from '../schema/settings.ts'

export type Reattribution = typeof reattributions.$inferSelect

export async function insertReattribution(tx: Db, row: Reattribution): Promise<void> {
  await tx.insert(reattributions).values(row)
}

/** Those that were asked for because of new prices, or new names; newest first. */
export function listReattributions(db: Db, because: Reattribution['because'], limit: number): Promise<Reattribution[]> {
  return db
    .select()
    .from(reattributions)
    .where(eq(reattributions.because, because))
    .orderBy(desc(reattributions.requestedAt), reattributions.id)
    .limit(limit)
}

export async function findReattribution(db: Db, id: string): Promise<Reattribution | null> {
  const [found] = await db.select().from(reattributions).where(eq(reattributions.id, id))
  return found ?? null
}

export async function saveRepricingResult(db: Db, id: string, result: RepricingResult): Promise<void> {
  await db.update(reattributions).set({ result }).where(eq(reattributions.id, id))
}
