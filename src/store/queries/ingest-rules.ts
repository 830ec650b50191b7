import { eq, sql } from 'drizzle-orm'
import type { IngestRules } from '../../domain/ingest-rules.ts'
import type { Db } from '../client.ts'
import { ingestRules } from '../schema/settings.ts'

export interface StoredIngestRules {
  /** Null: for every workflow. */
  workflow: string | null
  rules: IngestRules
  updatedAt: Date
  updatedBy: string
}

/** All that are set, by workflow; those for every workflow first. */
export async function listIngestRules(db: Db): Promise<StoredIngestRules[]> {
  const rows = await db.select().from(ingestRules).orderBy(ingestRules.workflow)
  return rows.map((row) => ({ ...row, workflow: row.workflow || null }))
}

/** Sets a workflow's rules as a whole. */
export async function putIngestRules(db: Db, stored: StoredIngestRules): Promise<void> {
  await db
    .insert(ingestRules)
    .values({ ...stored, workflow: stored.workflow ?? '' })
    .onConflictDoUpdate({
      target: ingestRules.workflow,
      set: { rules: sql`excluded.rules`, updatedAt: stored.updatedAt, updatedBy: stored.updatedBy },
    })
}

export async function deleteIngestRules(db: Db, workflow: string | null): Promise<boolean> {
  const gone = await db
    .delete(ingestRules)
    .where(eq(ingestRules.workflow, workflow ?? ''))
    .returning()
  return gone.length > 0
}
