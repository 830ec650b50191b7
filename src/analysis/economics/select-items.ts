import type { WorkItemFact } from '../../domain/facts.ts'
import { CLOSING_STATUSES, type OutcomeStatus } from '../../domain/outcome.ts'
import { dimensionNamed, NOT_GIVEN, valueOfItem } from './item-dimensions.ts'
import { type Bounds, type EconomicsParameters, isWithin } from './parameters.ts'

/** Items of the workflow that meet every filter. Values are compared as strings. */
export function filterItems(items: readonly WorkItemFact[], parameters: EconomicsParameters): WorkItemFact[] {
  const filters = Object.entries(parameters.filters).map(
    ([name, value]) => [dimensionNamed(name, items), value] as const,
  )
  return items.filter(
    (item) =>
      (parameters.workflow === null || item.workflow === parameters.workflow.name) &&
      filters.every(([name, value]) => (valueOfItem(item, name, parameters.timeZone) ?? NOT_GIVEN) === value),
  )
}

/** The cohort: items whose holding, closing outcome took effect inside the bounds and that an agent worked on. */
export function closedWithin(items: readonly WorkItemFact[], bounds: Bounds): WorkItemFact[] {
  return items.filter((item) => isClosed(item) && isWithin(item.closedAt, bounds) && wasWorkedOn(item))
}

/** Closed inside the bounds, but no run of them has arrived: their cost is unknown, so they are named and left out. */
export function closedWithoutRuns(items: readonly WorkItemFact[], bounds: Bounds): WorkItemFact[] {
  return items.filter((item) => isClosed(item) && isWithin(item.closedAt, bounds) && !wasWorkedOn(item))
}

/** Worked on inside the bounds and not closed. */
export function openWithin(items: readonly WorkItemFact[], bounds: Bounds): WorkItemFact[] {
  return items.filter((item) => !isClosed(item) && item.runs.some((run) => isWithin(run.startedAt, bounds)))
}

/**
 * Resolved inside the bounds and reopened since: what was said of the period before is restated. Each counts where it
 * was first said to be resolved, whatever became of it later.
 */
export function restatedWithin(items: readonly WorkItemFact[], bounds: Bounds): WorkItemFact[] {
  return items.filter((item) => {
    const resolved = item.outcomes.findIndex((one) => one.status === 'resolved' && isWithin(one.occurredAt, bounds))
    return resolved >= 0 && item.outcomes.slice(resolved + 1).some((one) => one.status === 'reopened')
  })
}

export function isClosed(item: WorkItemFact): boolean {
  return item.closedAt !== null && CLOSING_STATUSES.includes(item.status as OutcomeStatus)
}

function wasWorkedOn(item: WorkItemFact): boolean {
  return item.runs.length > 0 || item.corrections > 0
}
