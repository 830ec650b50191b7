import { and, getTableColumns, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Outcome, OutcomeStatus } from '../../domain/outcome.ts'
import type { Override } from '../../domain/override.ts'
import { type Db, selectRows } from '../client.ts'
import { outcomes, overrides } from '../schema/events.ts'
import { runFacts } from '../schema/facts.ts'
import { selectTouched, type TouchedQuery } from './list-touched-work-items.ts'
import { selectLoose } from './loose-items.ts'
import {
  createRunFactReader,
  RUN_DETAILS,
  type RunDetail,
  type RunFactRow,
  runFactColumns,
  type StoredRunFact,
} from './run-fact-rows.ts'
import { ofWorkItems, type WorkItemKey } from './work-item-keys.ts'

/**
 * Items by name, or all that one of the queries touches and that are in no packed day as they are: found and joined by the
 * database, so that no list of keys travels.
 */
export type WorkItemSelection = { keys: readonly WorkItemKey[] } | { touched: readonly TouchedQuery[] }

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

/** Without `details`, the runs carry every part; else only those named, and reading another one throws. */
export async function listRunFacts(
  db: Db,
  selection: WorkItemSelection,
  { asOf, knownAt }: RecordLimits,
  details: readonly RunDetail[] = RUN_DETAILS,
): Promise<StoredRunFact[]> {
  const started = asOf ? lte(runFacts.startedAt, asOf) : sql`true`
  const rows = await selectRows<RunFactRow>(
    db,
    sql`select ${runFactColumns(details)} from run_facts
        where ${isSelected(runFacts, selection)} and ${heldAt(knownAt)} and ${started}`,
  )
  return rows.map(createRunFactReader(details))
}

/** Instants are milliseconds since 1970. */
type OutcomeCell = [
  id: string,
  workflow: string,
  workItemId: string,
  status: OutcomeStatus,
  resolvedBy: string | null,
  note: string | null,
  valueMicros: number | null,
  occurredAt: number,
  recordedAt: number,
]

export async function listOutcomes(db: Db, selection: WorkItemSelection, limits: RecordLimits): Promise<Outcome[]> {
  // One cell a row, as with run facts: drivers take their time over each cell.
  const rows = await selectRows<{ outcome: string }>(
    db,
    sql`select json_build_array(id, workflow, work_item_id, status, resolved_by, note, value_micros,
          date_part('epoch', occurred_at) * 1000, date_part('epoch', recorded_at) * 1000)::text as outcome
        from outcomes where ${isSelected(outcomes, selection)} and ${happenedWithin(outcomes, limits)}`,
  )
  return rows.map((row) => {
    const [id, workflow, workItemId, status, resolvedBy, note, valueMicros, occurred, recorded] = JSON.parse(
      row.outcome,
    ) as OutcomeCell
    const [occurredAt, recordedAt] = [new Date(Math.round(occurred)), new Date(Math.round(recorded))]
    return { id, workflow, workItemId, status, resolvedBy, valueMicros, note, occurredAt, recordedAt }
  })
}

export async function listOverrides(db: Db, selection: WorkItemSelection, limits: RecordLimits): Promise<Override[]> {
  return db
    .select(overrideColumns)
    .from(overrides)
    .where(and(isSelected(overrides, selection), happenedWithin(overrides, limits)))
}

function isSelected(table: typeof runFacts | typeof outcomes | typeof overrides, selection: WorkItemSelection): SQL {
  if ('keys' in selection) return ofWorkItems(table, selection.keys)
  // One set of keys, as two conditions on the rows are taken for rare ones and looked up one by one.
  const loose = selectLoose(selection.touched[0]?.knownAt ?? null)
  return sql`(${table.workItemId}, ${table.workflow}) in (select * from (${selectTouched(selection.touched)}) as touched intersect ${loose})`
}

function happenedWithin(table: typeof outcomes | typeof overrides, { asOf, knownAt }: RecordLimits): SQL {
  return (
    and(asOf ? lte(table.occurredAt, asOf) : undefined, knownAt ? lte(table.recordedAt, knownAt) : undefined) ??
    sql`true`
  )
}
