import { loadFactsOfWorkItems } from '../../attribution/load-work-item-facts.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { listActiveWorkItems, listClosedWorkItems } from '../../store/queries/list-touched-work-items.ts'
import { keyOfWorkItem, type WorkItemKey } from '../../store/queries/work-item-keys.ts'
import type { AnalysisContext } from '../analysis.ts'
import type { Bounds, EconomicsParameters } from './parameters.ts'

/** `cohort`: what closed in the two periods, and what was worked on in them (open, reopened). `spend`: the latter only. */
export type ItemView = 'cohort' | 'spend'

/**
 * Every item that an analysis may need for its period and the one that it is compared with, each loaded once, sorted by
 * workflow and id. `since`: reach back that far. One query after another: inside a transaction there is one connection.
 */
export async function loadItems(
  { db, standpoint }: Pick<AnalysisContext, 'db' | 'standpoint'>,
  parameters: EconomicsParameters,
  view: ItemView,
  { since, withoutComparison = false }: { since?: Date | undefined; withoutComparison?: boolean } = {},
): Promise<WorkItemFact[]> {
  const limits = { asOf: standpoint.asOf, knownAt: standpoint.knownAt }
  const keys = new Map<string, WorkItemKey>()
  const period = { from: earlier(since, parameters.bounds.from), to: parameters.bounds.to }
  const wanted = withoutComparison ? [period] : joinBounds(period, parameters.comparisonBounds)
  for (const bounds of wanted) {
    const query = { workflow: parameters.workflow?.name, bounds, ...limits }
    const touched = await listActiveWorkItems(db, query)
    if (view === 'cohort') touched.push(...(await listClosedWorkItems(db, query)))
    for (const key of touched) keys.set(keyOfWorkItem(key), key)
  }
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key)
  return loadFactsOfWorkItems(db, sorted, limits)
}

function earlier(since: Date | undefined, from: Date): Date {
  return since && since < from ? since : from
}

/** Periods that touch are loaded in one go; one that has not begun at the time of the question is not loaded. */
function joinBounds(period: Bounds, comparison: Bounds): Bounds[] {
  const [first, second] = period.from < comparison.from ? [period, comparison] : [comparison, period]
  const last = second.to > first.to ? second : first
  const joined = second.from <= first.to ? [{ from: first.from, to: last.to }] : [first, second]
  return joined.filter((bounds) => bounds.from < bounds.to)
}
