import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { runFacts } from '../schema/facts.ts'

/** The earliest start of a run (of a workflow, or of any) up to `to`; null where there is none. */
export async function findFirstActivity(
  db: Db,
  query: { workflow: string | undefined; to: Date; knownAt: Date | null },
): Promise<Date | null> {
  const { workflow, to, knownAt } = query
  const [run] = await db
    .select({ at: runFacts.startedAt })
    .from(runFacts)
    .where(
      and(
        workflow === undefined ? undefined : eq(runFacts.workflow, workflow),
        lte(runFacts.startedAt, to),
        knownAt ? lte(runFacts.knownFrom, knownAt) : isNull(runFacts.knownUntil),
      ),
    )
    .orderBy(asc(runFacts.startedAt))
    .limit(1)
  return run?.at ?? null
}
