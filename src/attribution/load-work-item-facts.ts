import type { RunFact, WorkItemFact } from '../domain/facts.ts'
import { fromDollars } from '../domain/money.ts'
import type { Db } from '../store/client.ts'
import { listActiveWorkItems, listClosedWorkItems } from '../store/queries/list-touched-work-items.ts'
import {
  listOutcomes,
  listOverrides,
  listRunFacts,
  type RecordLimits,
} from '../store/queries/list-work-item-records.ts'
import { listWorkflows } from '../store/queries/list-workflows.ts'
import { keyOfWorkItem, type WorkItemKey } from '../store/queries/work-item-keys.ts'
import { buildWorkItemFact } from './build-work-item-fact.ts'
import { compareText } from './collapse-copies.ts'

export interface WorkItemFactsQuery {
  workflow?: string
  /** Half-open. */
  bounds: { from: Date; to: Date }
  /** `closed`: the outcome that holds closes the item, and took effect inside the bounds; `active`: a run or an override there. */
  touched: 'closed' | 'active'
  standpoint: { asOf: Date; knownAt: Date | null }
}

/**
 * Facts of the items that a period touches, each with its whole life up to the standpoint, sorted by workflow and id.
 * An item known by outcomes or overrides alone has no runs and no cost.
 */
export async function loadWorkItemFacts(db: Db, query: WorkItemFactsQuery): Promise<WorkItemFact[]> {
  const { workflow, bounds, touched, standpoint } = query
  const list = touched === 'closed' ? listClosedWorkItems : listActiveWorkItems
  const keys = await list(db, { workflow, bounds, ...standpoint })
  return loadFactsOfWorkItems(db, keys, standpoint)
}

/** Runs that started inside the bounds, numbered among the other runs of their items. */
export async function loadRunFacts(db: Db, query: Omit<WorkItemFactsQuery, 'touched'>): Promise<RunFact[]> {
  const items = await loadWorkItemFacts(db, { ...query, touched: 'active' })
  const { from, to } = query.bounds
  return items.flatMap((item) => item.runs.filter((run) => run.startedAt >= from && run.startedAt < to))
}

/** Facts of the named items; one of which nothing is known is left out. */
export async function loadFactsOfWorkItems(
  db: Db,
  keys: readonly WorkItemKey[],
  limits: RecordLimits,
): Promise<WorkItemFact[]> {
  if (keys.length === 0) return []
  const runs = groupByItem(await listRunFacts(db, keys, limits))
  const outcomes = groupByItem(await listOutcomes(db, keys, limits))
  const overrides = groupByItem(await listOverrides(db, keys, limits))
  const rates = await loadCorrectionRates(db)
  const facts = keys.flatMap(({ workflow, workItemId }) => {
    const key = keyOfWorkItem({ workflow, workItemId })
    const records = {
      runs: runs.get(key) ?? [],
      outcomes: outcomes.get(key) ?? [],
      overrides: overrides.get(key) ?? [],
    }
    if (records.runs.length + records.outcomes.length + records.overrides.length === 0) return []
    const correctionRateMicros = rates.get(workflow) ?? null
    return [buildWorkItemFact({ workflow, workItemId, ...records, correctionRateMicros })]
  })
  return facts.sort((a, b) => compareText(a.workflow, b.workflow) || compareText(a.workItemId, b.workItemId))
}

function groupByItem<Row extends WorkItemKey>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOfWorkItem(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
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
