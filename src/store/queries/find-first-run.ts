import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { runFacts } from '../schema/facts.ts'

/** When agents first worked on a workflow (or on anything), as far as it was known; null before that. */
export async function findFirstRun(
  db: Db,
  query: { workflow: string | null; knownAt: Date | null },
): Promise<Date | null> {
  const { workflow, knownAt } = query
  const [first] = await db
    .select({ at: runFacts.startedAt })
    .from(runFacts)
    .where(
      and(
        workflow === null ? undefined : eq(runFacts.workflow, workflow),
        knownAt ? lte(runFacts.knownFrom, knownAt) : isNull(runFacts.knownUntil),
      ),
    )
    .orderBy(asc(runFacts.startedAt))
    .limit(1)
  return first?.at ?? null
}
