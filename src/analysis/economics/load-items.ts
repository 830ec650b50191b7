import { loadWorkItemFacts } from '../../attribution/load-work-item-facts.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { AnalysisContext } from '../analysis.ts'
import type { Bounds, EconomicsParameters } from './parameters.ts'

/** `cohort`: what closed in the two periods, and what was worked on in them (open, reopened). `spend`: the latter only. */
export type ItemView = 'cohort' | 'spend'

/**
 * Every item that an analysis may need for its period and the one that it is compared with, each once, sorted by workflow
 * and id. One query after another: inside a transaction there is one connection.
 */
export async function loadItems(
  context: Pick<AnalysisContext, 'db' | 'standpoint'>,
  parameters: EconomicsParameters,
  view: ItemView,
): Promise<WorkItemFact[]> {
  const items = new Map<string, WorkItemFact>()
  for (const bounds of joinBounds(parameters.bounds, parameters.comparisonBounds)) {
    for (const touched of view === 'cohort' ? (['closed', 'active'] as const) : (['active'] as const)) {
      const { asOf, knownAt } = context.standpoint
      const workflow = parameters.workflow?.name
      const query = { bounds, touched, standpoint: { asOf, knownAt }, ...(workflow === undefined ? {} : { workflow }) }
      for (const item of await loadWorkItemFacts(context.db, query)) items.set(keyOf(item), item)
    }
  }
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}

/** Periods that touch are loaded in one go; one that has not begun at the time of the question is not loaded. */
function joinBounds(period: Bounds, comparison: Bounds): Bounds[] {
  const [first, second] = period.from < comparison.from ? [period, comparison] : [comparison, period]
  const last = second.to > first.to ? second : first
  const joined = second.from <= first.to ? [{ from: first.from, to: last.to }] : [first, second]
  return joined.filter((bounds) => bounds.from < bounds.to)
}

function keyOf(item: WorkItemFact): string {
  return `${item.workflow}\u0000${item.workItemId}`
}
