import { and, desc, eq, gte, isNull, lte } from 'drizzle-orm'
import type { Override } from '../../domain/override.ts'
import type { Db } from '../client.ts'
import { overrides } from '../schema/events.ts'

/**
 * Overrides of the workflow with the same two decisions and the same rule (or none), between `since` and `until`,
 * newest first; the given one is among them.
 */
export async function listSimilarOverrides(
  db: Db,
  like: Pick<Override, 'workflow' | 'agentDecision' | 'humanDecision' | 'rule'>,
  bounds: { since: Date; until: Date },
  limit: number,
): Promise<Override[]> {
  const rows = await db
    .select()
    .from(overrides)
    .where(
      and(
        eq(overrides.workflow, like.workflow),
        eq(overrides.agentDecision, like.agentDecision),
        eq(overrides.humanDecision, like.humanDecision),
        like.rule === null ? isNull(overrides.rule) : eq(overrides.rule, like.rule),
        isNull(overrides.erasedAt),
        gte(overrides.occurredAt, bounds.since),
        lte(overrides.occurredAt, bounds.until),
      ),
    )
    .orderBy(desc(overrides.occurredAt), desc(overrides.id))
    .limit(limit)
  return rows.map(({ erasedAt: _, ...override }) => override)
}

export async function findOverride(db: Db, workflow: string, id: string): Promise<Override | null> {
  const rows = await db
    .select()
    .from(overrides)
    .where(and(eq(overrides.workflow, workflow), eq(overrides.id, id), isNull(overrides.erasedAt)))
    .limit(1)
  const row = rows[0]
  if (!row) return null
  const { erasedAt: _, ...override } = row
  return override
}
