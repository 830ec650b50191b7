import { and, asc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Db } from '../client.ts'
import { allocationDecisions } from '../schema/decisions.ts'
import { changeEvents, outcomes, overrides } from '../schema/events.ts'
import { runFacts, workItems } from '../schema/facts.ts'
import { rules, savedDecisions } from '../schema/memory.ts'
import { outcomeRank } from './outcome-rank.ts'

/** A row's place: its workflow and the id that it has there. */
export interface RowKey {
  workflow: string
  id: string
}

/** Rows whose workflow and id are among the keys, by one `in` a workflow: ids of one workflow say nothing of another. */
function among(workflow: AnyPgColumn, id: AnyPgColumn, keys: readonly RowKey[]): SQL | undefined {
  const byWorkflow = Map.groupBy(keys, (key) => key.workflow)
  return or(
    ...[...byWorkflow].map(([name, group]) =>
      and(
        eq(workflow, name),
        inArray(
          id,
          group.map((key) => key.id),
        ),
      ),
    ),
  )
}

export const loadOverrides = (db: Db, keys: readonly RowKey[]) =>
  db
    .select()
    .from(overrides)
    .where(among(overrides.workflow, overrides.id, keys))

/** In order of time. Erased ones tell that there was a correction, and no longer whose. */
export const loadOverridesOfItems = (db: Db, items: readonly RowKey[]) =>
  db
    .select()
    .from(overrides)
    .where(among(overrides.workflow, overrides.workItemId, items))
    .orderBy(asc(overrides.occurredAt), asc(overrides.id))

/** Not the erased ones, from `since` to before `until`. */
export const listOverridesSince = (db: Db, since: Date, until: Date | null, workflow: string | null) =>
  db
    .select()
    .from(overrides)
    .where(
      and(
        isNull(overrides.erasedAt),
        gte(overrides.occurredAt, since),
        until ? lt(overrides.occurredAt, until) : undefined,
        workflow === null ? undefined : eq(overrides.workflow, workflow),
      ),
    )

/** In order of time. */
export const loadOutcomesOfItems = (db: Db, items: readonly RowKey[]) =>
  db
    .select()
    .from(outcomes)
    .where(among(outcomes.workflow, outcomes.workItemId, items))
    .orderBy(asc(outcomes.occurredAt), asc(outcomeRank(sql`${outcomes.status}`)), asc(outcomes.id))

export const loadWorkItemAttributes = (db: Db, items: readonly RowKey[]) =>
  db
    .select({ workflow: workItems.workflow, id: workItems.workItemId, attributes: workItems.attributes })
    .from(workItems)
    .where(among(workItems.workflow, workItems.workItemId, items))

export type StoryFact = typeof runFacts.$inferSelect

/** The current facts of runs, by trace. */
export const loadCurrentRunFacts = (db: Db, traceIds: readonly string[]): Promise<StoryFact[]> =>
  db
    .select()
    .from(runFacts)
    .where(and(inArray(runFacts.traceId, [...traceIds]), isNull(runFacts.knownUntil)))

/** Traces of the runs of work items, as their current facts have it. */
export const listTracesOfItems = (db: Db, items: readonly RowKey[]) =>
  db
    .select({ traceId: runFacts.traceId, workflow: runFacts.workflow })
    .from(runFacts)
    .where(and(isNull(runFacts.knownUntil), among(runFacts.workflow, runFacts.workItemId, items)))

export const loadChangeEvents = (db: Db, keys: readonly RowKey[]) =>
  db
    .select()
    .from(changeEvents)
    .where(among(changeEvents.workflow, changeEvents.id, keys))

export const loadAllocationDecisions = (db: Db, ids: readonly string[]) =>
  db
    .select()
    .from(allocationDecisions)
    .where(inArray(allocationDecisions.id, [...ids]))

export const loadSavedDecisions = (db: Db, ids: readonly string[]) =>
  db
    .select()
    .from(savedDecisions)
    .where(inArray(savedDecisions.id, [...ids]))

/** Every version of the rules, oldest first. */
export const loadRuleVersions = (db: Db, keys: readonly RowKey[]) =>
  db
    .select()
    .from(rules)
    .where(among(rules.workflow, rules.id, keys))
    .orderBy(asc(rules.version))
