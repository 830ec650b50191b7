import { and, getTableColumns, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Outcome } from '../../domain/outcome.ts'
import type { Override } from '../../domain/override.ts'
import { type Db, selectRows } from '../client.ts'
import { outcomes, overrides } from '../schema/events.ts'
import { runFacts } from '../schema/facts.ts'
import { createRunFactReader, type RunFactRow, runFactColumns, type StoredRunFact } from './run-fact-rows.ts'
import { ofWorkItems, type WorkItemKey } from './work-item-keys.ts'

/** Nothing that happened after `asOf`; only what had been recorded by `knownAt`. Null: no limit. */
export interface RecordLimits {
  asOf: Date | null
  knownAt: Date | null
}

const { erasedAt, ...overrideColumns } = getTableColumns(overrides)

/** The version of each run's fact that held at `knownAt`; null: the current one. */
export function heldAt(knownAt: Date | null): SQL | undefined {
  if (!knownAt) return isNull(runFacts.knownUntil)
  return and(
    lte(runFacts.knownFrom, knownAt),
    or(isNull(runFacts.knownUntil), sql`${runFacts.knownUntil} > ${instant(knownAt)}`),
  )
}

const instant = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`

export async function listRunFacts(
  db: Db,
  keys: readonly WorkItemKey[],
  { asOf, knownAt }: RecordLimits,
): Promise<StoredRunFact[]> {
  const started = asOf ? lte(runFacts.startedAt, asOf) : sql`true`
  const rows = await selectRows<RunFactRow>(
    db,
    sql`select ${runFactColumns} from run_facts where ${ofWorkItems(runFacts, keys)} and ${heldAt(knownAt)} and ${started}`,
  )
  return rows.map(createRunFactReader())
}

export async function listOutcomes(db: Db, keys: readonly WorkItemKey[], limits: RecordLimits): Promise<Outcome[]> {
  return db
    .select()
    .from(outcomes)
    .where(and(ofWorkItems(outcomes, keys), happenedWithin(outcomes, limits)))
}

export async function listOverrides(db: Db, keys: readonly WorkItemKey[], limits: RecordLimits): Promise<Override[]> {
  return db
    .select(overrideColumns)
    .from(overrides)
    .where(and(ofWorkItems(overrides, keys), happenedWithin(overrides, limits)))
}

function happenedWithin(table: typeof outcomes | typeof overrides, { asOf, knownAt }: RecordLimits): SQL | undefined {
  return and(asOf ? lte(table.occurredAt, asOf) : undefined, knownAt ? lte(table.recordedAt, knownAt) : undefined)
}
