import type { RunFact, WorkItemFact } from '../domain/facts.ts'
import { fromDollars } from '../domain/money.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Override } from '../domain/override.ts'
import type { Db } from '../store/client.ts'
import type { TouchedQuery } from '../store/queries/list-touched-work-items.ts'
import {
  listOutcomes,
  listOverrides,
  listRunFacts,
  type RecordLimits,
  type WorkItemSelection,
} from '../store/queries/list-work-item-records.ts'
import { listWorkflows } from '../store/queries/list-workflows.ts'
import { planForManyRows } from '../store/queries/plan-for-many-rows.ts'
import { RUN_DETAILS, type RunDetail, type StoredRunFact } from '../store/queries/run-fact-rows.ts'
import type { WorkItemKey } from '../store/queries/work-item-keys.ts'
import { buildWorkItemFact } from './build-work-item-fact.ts'
import { compareText } from './collapse-copies.ts'

export interface WorkItemFactsQuery extends Pick<TouchedQuery, 'workflow' | 'bounds' | 'touched'> {
  standpoint: { asOf: Date; knownAt: Date | null }
}

/**
 * Facts of the items that a period touches, each with its whole life up to the standpoint, sorted by workflow and id.
 * An item known by outcomes or overrides alone has no runs and no cost.
 */
export async function loadWorkItemFacts(db: Db, query: WorkItemFactsQuery): Promise<WorkItemFact[]> {
  const { standpoint, ...touched } = query
  return loadTouchedFacts(db, [touched], standpoint)
}

/** Runs that started inside the bounds, numbered among the other runs of their items. */
export async function loadRunFacts(db: Db, query: Omit<WorkItemFactsQuery, 'touched'>): Promise<RunFact[]> {
  const items = await loadWorkItemFacts(db, { ...query, touched: 'active' })
  const { from, to } = query.bounds
  return items.flatMap((item) => item.runs.filter((run) => run.startedAt >= from && run.startedAt < to))
}

/**
 * Facts of the items that any of the queries touches, each once, sorted by workflow and id. `details`: the parts of runs
 * that are needed beside their figures; reading another one throws.
 */
export async function loadTouchedFacts(
  db: Db,
  queries: readonly Pick<TouchedQuery, 'workflow' | 'bounds' | 'touched'>[],
  standpoint: { asOf: Date; knownAt: Date | null },
  details: readonly RunDetail[] = RUN_DETAILS,
): Promise<WorkItemFact[]> {
  if (queries.length === 0) return []
  const selection = { touched: queries.map((query) => ({ ...query, ...standpoint })) }
  return db.transaction(async (tx) => {
    await planForManyRows(tx)
    return loadFacts(tx, selection, standpoint, details)
  })
}

/** Facts of the named items; one of which nothing is known is left out. */
export async function loadFactsOfWorkItems(
  db: Db,
  keys: readonly WorkItemKey[],
  limits: RecordLimits,
): Promise<WorkItemFact[]> {
  return keys.length === 0 ? [] : loadFacts(db, { keys }, limits, RUN_DETAILS)
}

interface Records {
  runs: StoredRunFact[]
  outcomes: Outcome[]
  overrides: Override[]
}

async function loadFacts(
  db: Db,
  selection: WorkItemSelection,
  limits: RecordLimits,
  details: readonly RunDetail[],
): Promise<WorkItemFact[]> {
  const workflows = new Map<string, Map<string, Records>>()
  const recordsOf = ({ workflow, workItemId }: WorkItemKey): Records => {
    const items = workflows.get(workflow) ?? new Map<string, Records>()
    if (items.size === 0) workflows.set(workflow, items)
    const known = items.get(workItemId)
    if (known) return known
    const records: Records = { runs: [], outcomes: [], overrides: [] }
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
  const rates = await loadCorrectionRates(db)
  const facts: WorkItemFact[] = []
  for (const [workflow, items] of workflows) {
    const correctionRateMicros = rates.get(workflow) ?? null
    for (const [workItemId, records] of items) {
      facts.push(buildWorkItemFact({ workflow, workItemId, ...records, correctionRateMicros }))
    }
  }
  return facts.sort((a, b) => compareText(a.workflow, b.workflow) || compareText(a.workItemId, b.workItemId))
}

/** Micro-dollars an hour, by workflow; absent where nobody has set a rate. */
async function loadCorrectionRates(db: Db): Promise<Map<string, number>> {
  const workflows = await listWorkflows(db)
  return new Map(
    workflows.flatMap(({ name, correctionHourlyRate }) =>
      correctionHourlyRate === undefined ? [] : [[name, fromDollars(correctionHourlyRate)] as const],
    ),
  )
}
