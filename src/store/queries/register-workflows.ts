import type { Db } from '../client.ts'
import { workflows } from '../schema/settings.ts'

/** A workflow is known as soon as something names it. */
export async function registerWorkflows(db: Db, names: readonly string[], seenAt: Date): Promise<void> {
  const rows = [...new Set(names)].sort().map((name) => ({ name, firstSeenAt: seenAt, updatedAt: seenAt }))
  if (rows.length > 0) await db.insert(workflows).values(rows).onConflictDoNothing()
}
