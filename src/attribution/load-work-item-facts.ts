import type { WorkItemFact } from '../domain/facts.ts'
import { fromDollars } from '../domain/money.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Override } from '../domain/override.ts'
import type { Db } from '../store/client.ts'
import {
  listOutcomes,
  listOverrides,
  listRunFacts,
  type RecordLimits,
  type WorkItemSelection,
} from '../store/queries/list-work-item-records.ts'
import { listWorkflows } from '../store/queries/list-workflows.ts'
import { RUN_DETAILS, type RunDetail, type StoredRunFact } from '../store/queries/run-fact-rows.ts'
import type { WorkItemKey } from '../store/queries/work-item-keys.ts'
import { buildWorkItemFact } from './build-work-item-fact.ts'
import { sortFacts } from './sort-facts.ts'

/** Facts of the named items; one of which nothing is known is left out. */
export async function loadFactsOfWorkItems(
  db: Db,
  keys: readonly WorkItemKey[],
  limits: RecordLimits,
): Promise<WorkItemFact[]> {
  return keys.length === 0 ? [] : loadFacts(db, { keys }, limits, RUN_DETAILS)
}

/**
 * The same from one snapshot, in a transaction of its own. Its statements share one connection: sent together to a database,
 * each would open another, which takes longer than they do.
 */
export async function loadSnapshotOfWorkItems(
  db: Db,
  keys: readonly WorkItemKey[],
  limits: RecordLimits,
): Promise<WorkItemFact[]> {
  return db.transaction((tx) => loadFactsOfWorkItems(tx, keys, limits), { isolationLevel: 'repeatable read' })
}

/** All that is known of one item at a standpoint, in any order. */
export interface ItemRecords extends WorkItemKey {
  runs: StoredRunFact[]
  outcomes: Outcome[]
  overrides: Override[]
}

export async function loadFacts(
  db: Db,
  selection: WorkItemSelection,
  limits: RecordLimits,
  details: readonly RunDetail[],
): Promise<WorkItemFact[]> {
  const records = await loadRecords(db, selection, limits, details)
  const rates = await loadCorrectionRates(db)
  return sortFacts(
    records.map((one) => buildWorkItemFact({ ...one, correctionRateMicros: rates.get(one.workflow) ?? null })),
  )
}

export async function loadRecords(
  db: Db,
  selection: WorkItemSelection,
  limits: RecordLimits,
  details: readonly RunDetail[],
): Promise<ItemRecords[]> {
  const workflows = new Map<string, Map<string, ItemRecords>>()
  const recordsOf = ({ workflow, workItemId }: WorkItemKey): ItemRecords => {
    const items = workflows.get(workflow) ?? new Map<string, ItemRecords>()
    if (items.size === 0) workflows.set(workflow, items)
    const known = items.get(workItemId)
    if (known) return known
    const records: ItemRecords = { workflow, workItemId, runs: [], outcomes: [], overrides: [] }
    items.set(workItemId, records)
    return records
  }
  // Sent together, over the one connection: the database is at the next while the rows of the one before are read.
  const [runs, outcomes, overrides] = await Promise.all([
    listRunFacts(db, selection, limits, details),
    listOutcomes(db, selection, limits),
    listOverrides(db, selection, limits),
  ])
  for (const run of runs) recordsOf(run).runs.push(run)
  for (const outcome of outcomes) recordsOf(outcome).outcomes.push(outcome)
  for (const override of overrides) recordsOf(override).overrides.push(override)
  return [...workflows.values()].flatMap((items) => [...items.values()])
}

/** Micro-dollars an hour, by workflow; absent where nobody has set a rate. */
export async function loadCorrectionRates(db: Db): Promise<Map<string, number>> {
  const workflows = await listWorkflows(db)
  return new Map(
    workflows.flatMap(({ name, correctionHourlyRate }) =>
      correctionHourlyRate === undefined ? [] : [[name, fromDollars(correctionHourlyRate)] as const],
    ),
  )
}
