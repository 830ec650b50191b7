import { ItemView } from '../../attribution/item-days/item-view.ts'
import { ITEM_STATUSES } from '../../attribution/item-days/pack-figures.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { CLOSING_STATUSES, type OutcomeStatus } from '../../domain/outcome.ts'
import { codeItems } from './code-items.ts'
import { dimensionNamed, NOT_GIVEN } from './item-dimensions.ts'
import { type Bounds, type EconomicsParameters, isTimeWithin, isWithin } from './parameters.ts'

/** Items of the workflow that meet every filter. Values are compared as strings. */
export function filterItems(items: readonly WorkItemFact[], parameters: EconomicsParameters): readonly WorkItemFact[] {
  const own = itemsOfWorkflow(items, parameters)
  return Object.entries(parameters.filters).reduce<readonly WorkItemFact[]>((kept, [name, wanted]) => {
    const { codes, values } = codeItems(kept, dimensionNamed(name, items), parameters.timeZone)
    const isWanted = values.map((value) => (value ?? NOT_GIVEN) === wanted)
    return kept.filter((_, index) => isWanted[codes[index]!])
  }, own)
}

/** The very same list where all of them are the workflow's. */
export function itemsOfWorkflow(
  items: readonly WorkItemFact[],
  { workflow }: Pick<EconomicsParameters, 'workflow'>,
): readonly WorkItemFact[] {
  const isOwn = (item: WorkItemFact) => workflow === null || item.workflow === workflow.name
  return items.every(isOwn) ? items : items.filter(isOwn)
}

/** The cohort: items whose holding, closing outcome took effect inside the bounds and that an agent worked on. */
export function closedWithin(items: readonly WorkItemFact[], bounds: Bounds): WorkItemFact[] {
  const [from, to] = [bounds.from.getTime(), bounds.to.getTime()]
  return items.filter((item) => isClosedWithin(item, from, to) && wasWorkedOn(item))
}

/** Closed inside the bounds, but no run of them has arrived: their cost is unknown, so they are named and left out. */
export function closedWithoutRuns(items: readonly WorkItemFact[], bounds: Bounds): WorkItemFact[] {
  const [from, to] = [bounds.from.getTime(), bounds.to.getTime()]
  return items.filter((item) => isClosedWithin(item, from, to) && !wasWorkedOn(item))
}

/** Worked on inside the bounds and not closed. */
export function openWithin(items: readonly WorkItemFact[], bounds: Bounds): WorkItemFact[] {
  return items.filter((item) => !isClosed(item) && startedWithin(item, bounds))
}

function startedWithin(item: WorkItemFact, bounds: Bounds): boolean {
  if (!(item instanceof ItemView)) return item.runs.some((run) => isWithin(run.startedAt, bounds))
  const { runStarted, start } = item.reading.figures
  for (let run = item.firstRun; run < item.endOfRuns; run++) {
    if (isTimeWithin(start + runStarted[run]!, bounds)) return true
  }
  return false
}

/**
 * Resolved inside the bounds and reopened since: what was said of the period before is restated. Each counts where it
 * was first said to be resolved, whatever became of it later.
 */
export function restatedWithin(items: readonly WorkItemFact[], bounds: Bounds): WorkItemFact[] {
  return items.filter((item) => {
    // One outcome is no two.
    if (item instanceof ItemView && item.outcomeCount < 2) return false
    const { outcomes } = item
    const resolved = outcomes.findIndex((one) => one.status === 'resolved' && isWithin(one.occurredAt, bounds))
    return resolved >= 0 && outcomes.slice(resolved + 1).some((one) => one.status === 'reopened')
  })
}

export function isClosed(item: WorkItemFact): boolean {
  return !Number.isNaN(closedTimeOf(item)) && hasClosingStatus(item)
}

function isClosedWithin(item: WorkItemFact, from: number, to: number): boolean {
  const at = closedTimeOf(item)
  return at >= from && at < to && hasClosingStatus(item)
}

/** By the code of a status in packed days. */
const IS_CLOSING = ITEM_STATUSES.map((status) => CLOSING_STATUSES.includes(status as OutcomeStatus))

function hasClosingStatus(item: WorkItemFact): boolean {
  if (item instanceof ItemView) return IS_CLOSING[item.reading.figures.status[item.row]!]!
  return CLOSING_STATUSES.includes(item.status as OutcomeStatus)
}

/** Milliseconds since 1970; NaN where it is not closed. */
export function closedTimeOf(item: WorkItemFact): number {
  return item instanceof ItemView ? item.closedTime : (item.closedAt?.getTime() ?? Number.NaN)
}

function wasWorkedOn(item: WorkItemFact): boolean {
  return runCountOf(item) > 0 || item.corrections > 0
}

/** Of an item from a packed day its runs are not made to be counted. */
export function runCountOf(item: WorkItemFact): number {
  return item instanceof ItemView ? item.endOfRuns - item.firstRun : item.runs.length
}
