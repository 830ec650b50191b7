import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { loadTouchedFacts } from '../../attribution/load-touched-facts.ts'
import type { RunDetail } from '../../store/queries/run-fact-rows.ts'
import type { AnalysisContext } from '../analysis.ts'
import type { Bounds, EconomicsParameters } from './parameters.ts'

/** `cohort`: what closed in the two periods, and what was worked on in them (open, reopened). `spend`: the latter only. */
export type ItemView = 'cohort' | 'spend'

export interface ItemNeeds {
  /** Reach back that far. */
  since?: Date | undefined
  withoutComparison?: boolean
  /** Parts of runs that are looked at beside their figures and models; none where it is left out. */
  details?: readonly RunDetail[]
}

/**
 * Every item that an analysis may need for its period and the one that it is compared with, each loaded once, sorted by
 * workflow and id. One query after another: inside a transaction there is one connection.
 */
export async function loadItems(
  { db, standpoint }: Pick<AnalysisContext, 'db' | 'standpoint'>,
  parameters: EconomicsParameters,
  view: ItemView,
  { since, withoutComparison = false, details = [] }: ItemNeeds = {},
): Promise<ItemList> {
  const period = { from: earlier(since, parameters.bounds.from), to: parameters.bounds.to }
  const wanted = withoutComparison ? [period] : joinBounds(period, parameters.comparisonBounds)
  const workflow = parameters.workflow?.name
  const kinds = view === 'cohort' ? (['active', 'closed'] as const) : (['active'] as const)
  const queries = wanted.flatMap((bounds) => kinds.map((touched) => ({ touched, workflow, bounds })))
  return loadTouchedFacts(db, queries, { asOf: standpoint.asOf, knownAt: standpoint.knownAt }, details)
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
