import { and, eq } from 'drizzle-orm'
import type { Override } from '../../domain/override.ts'
import type { Db } from '../client.ts'
import { overrides } from '../schema/events.ts'
import { inChunks } from './in-chunks.ts'

/** Stores overrides; one whose id the workflow has already is left as it is. Returns the keys of the new ones. */
export async function insertOverrides(tx: Db, rows: readonly Override[]): Promise<{ workflow: string; id: string }[]> {
  return inChunks(rows, (part) =>
    tx
      .insert(overrides)
      .values(part)
      .onConflictDoNothing()
      .returning({ workflow: overrides.workflow, id: overrides.id }),
  )
}

export async function findOverride(db: Db, workflow: string, id: string): Promise<Override | null> {
  const [row] = await db
    .select()
    .from(overrides)
    .where(and(eq(overrides.workflow, workflow), eq(overrides.id, id)))
  if (!row) return null
  const { erasedAt: _erasedAt, ...override } = row
  return override
}
