import type { WorkItemFact } from '../domain/facts.ts'
import type { TouchedQuery } from '../store/queries/list-touched-work-items.ts'

export type ItemQuery = Pick<TouchedQuery, 'workflow' | 'bounds' | 'touched'>

/** Whether any of the queries touches the item, by its fact at the standpoint: what `selectTouched` asks of the rows. */
export function isTouched(fact: WorkItemFact, queries: readonly ItemQuery[]): boolean {
  return queries.some(({ workflow, bounds, touched }) => {
    if (workflow !== undefined && workflow !== fact.workflow) return false
    const isIn = (instant: Date) => instant >= bounds.from && instant < bounds.to
    if (touched === 'closed') return fact.closedAt !== null && isIn(fact.closedAt)
    return fact.runs.some((run) => isIn(run.startedAt)) || fact.overrides.some((one) => isIn(one.occurredAt))
  })
}
