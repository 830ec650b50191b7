import { and, asc, gte, inArray, lte } from 'drizzle-orm'
import type { ChangeEvent } from '../../domain/change-event.ts'
import type { Db } from '../client.ts'
import { changeEvents } from '../schema/events.ts'

/**
 * Change events of a workflow (of all where none is named), and those that concern every workflow, from `from` to `to`, both
 * inclusive, in order of time.
 */
export async function listChangesAround(
  db: Db,
  query: { workflow: string | null; from: Date; to: Date; knownAt: Date | null },
): Promise<ChangeEvent[]> {
  const rows = await db
    .select()
    .from(changeEvents)
    .where(
      and(
        query.workflow === null ? undefined : inArray(changeEvents.workflow, ['', query.workflow]),
        gte(changeEvents.occurredAt, query.from),
        lte(changeEvents.occurredAt, query.to),
        query.knownAt ? lte(changeEvents.recordedAt, query.knownAt) : undefined,
      ),
    )
    .orderBy(asc(changeEvents.occurredAt), asc(changeEvents.id))
  return rows.map((row) => ({ ...row, workflow: row.workflow || null }))
}
