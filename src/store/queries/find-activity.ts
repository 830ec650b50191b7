import { and, desc, eq, gte, isNull, lt, lte } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { outcomes } from '../schema/events.ts'
import { runFacts } from '../schema/facts.ts'

export interface ActivityQuery {
  workflow: string
  /** `from` inclusive, `to` exclusive; without `from`: ever before. */
  from?: Date
  to: Date
  /** Only what had been recorded by then; null: everything recorded so far. */
  knownAt: Date | null
}

/** The latest start of a run or outcome of a workflow within the bounds; null where there is none. */
export async function findLastActivity(db: Db, query: ActivityQuery): Promise<Date | null> {
  const { workflow, from, to, knownAt } = query
  const [run] = await db
    .select({ at: runFacts.startedAt })
    .from(runFacts)
    .where(
      and(
        eq(runFacts.workflow, workflow),
        lt(runFacts.startedAt, to),
        from && gte(runFacts.startedAt, from),
        knownAt ? lte(runFacts.knownFrom, knownAt) : isNull(runFacts.knownUntil),
      ),
    )
    .orderBy(desc(runFacts.startedAt))
    .limit(1)
  const [outcome] = await db
    .select({ at: outcomes.occurredAt })
    .from(outcomes)
    .where(
      and(
        eq(outcomes.workflow, workflow),
        lt(outcomes.occurredAt, to),
        from && gte(outcomes.occurredAt, from),
        knownAt ? lte(outcomes.recordedAt, knownAt) : undefined,
      ),
    )
    .orderBy(desc(outcomes.occurredAt))
    .limit(1)
  if (!run) return outcome?.at ?? null
  return outcome && outcome.at > run.at ? outcome.at : run.at
}
