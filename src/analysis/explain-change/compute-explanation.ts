import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { ChangeEvent } from '../../domain/change-event.ts'
import { addDays, boundsOf, type CalendarDate, type Period } from '../../domain/period.ts'
import { QUIET_DAYS } from '../economics/data-begins.ts'
import { AGENT_DIMENSIONS } from '../economics/item-dimensions.ts'
import type { EconomicsParameters } from '../economics/parameters.ts'
import { filterItems } from '../economics/select-items.ts'
import { withItemScratch } from '../economics/with-item-scratch.ts'
import { type ChangeExplanation, explainChange } from '../why/explain-change.ts'
import { comparisonWindows } from './comparison-windows.ts'
import { dailyCost } from './daily-cost.ts'
import { type CauseDate, dateCause } from './date-cause.ts'
import { namedSegments } from './named-segments.ts'
import { refineCauses } from './refine-causes.ts'
import { type SourcedTable, tabulateItems } from './tabulate-items.ts'

export interface Explanation extends ChangeExplanation {
  /** When the leading cause began. */
  began: CauseDate | null
  /** Of the items that meet the question's filters. */
  table: SourcedTable
  currentWindow: number
  windows: Period[]
  /** Indices of the windows that dollars are compared with. */
  compared: number[]
}

/**
 * Why the cost of a workflow (or of all) changed between the two periods of the parameters, both of closed days.
 * `firstDay`: the first day of which anything is known. Pure.
 */
export function computeExplanation(
  all: ItemList,
  changes: readonly ChangeEvent[],
  parameters: EconomicsParameters,
  firstDay: CalendarDate,
): Explanation {
  const { period, comparison, timeZone } = parameters
  const view = parameters.metric === 'cost_per_resolved' ? 'cohort' : 'spend'
  const items = filterItems(all, parameters)
  const { windows, compared } = comparisonWindows(period, comparison, firstDay)
  const bounded = windows.map(({ index, period }) => ({ index, bounds: boundsOf(period, timeZone) }))
  const table = tabulateItems(items, bounded, view, timeZone)
  const question = {
    rows: table,
    comparedWeeks: compared,
    agentDimensions: AGENT_DIMENSIONS,
    namedSegments: namedSegments(changes, table.dimensions),
    days: dailyCost(items, { from: windows[0]!.period.from, to: period.to }, timeZone),
    currentFrom: period.from,
    isComplete: firstDay <= addDays(comparison.from, QUIET_DAYS),
  }
  const currentWindow = windows.length - 1
  const sides = {
    table,
    isCurrent: (row: number) => table.week[row] === currentWindow,
    isCompared: (row: number) => compared.includes(table.week[row]!),
    scale: 1 / compared.length,
  }
  const explanation = withItemScratch(items, () => refineCauses(explainChange(question), sides, AGENT_DIMENSIONS))
  const [leading] = explanation.causes
  return {
    ...explanation,
    began: leading ? dateCause(table, leading, period) : null,
    table,
    currentWindow,
    windows: windows.map((window) => window.period),
    compared,
  }
}
