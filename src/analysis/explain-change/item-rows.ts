import type { ModelUse, RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { CalendarDate } from '../../domain/period.ts'
import { addKnown } from '../../domain/usage.ts'
import { AGENT_DIMENSIONS, dayOf, valueOfItem, valueOfRun } from '../economics/item-dimensions.ts'
import { type Bounds, isWithin } from '../economics/parameters.ts'
import type { ModelUsage } from '../why/drivers.ts'
import type { ItemRow } from '../why/item-row.ts'

export interface BoundedWindow {
  index: number
  bounds: Bounds
}

/** A row that knows which item it came from, so that a named cause can show its traces. */
export interface SourcedRow extends ItemRow {
  item: WorkItemFact
  /** Of its first run (or correction) in the window. */
  day: CalendarDate
}

/**
 * What each item used in each window: `spend` counts runs that started and corrections that were made in it; `cohort` counts
 * the whole life of items that closed in it. Agent-side dimensions are those of the first run that counts.
 */
export function itemRows(
  items: readonly WorkItemFact[],
  windows: readonly BoundedWindow[],
  view: 'spend' | 'cohort',
  timeZone: string,
): SourcedRow[] {
  return items.flatMap((item) =>
    windows.flatMap(({ index, bounds }) => {
      const isIn = (instant: Date | null) => isWithin(instant, bounds)
      if (view === 'cohort' && !isIn(item.closedAt)) return []
      const runs = view === 'cohort' ? item.runs : item.runs.filter((run) => isIn(run.startedAt))
      const overrides = view === 'cohort' ? item.overrides : item.overrides.filter((one) => isIn(one.occurredAt))
      if (runs.length + overrides.length === 0) return []
      return [rowOf(item, index, runs, overrides, timeZone)]
    }),
  )
}

function rowOf(
  item: WorkItemFact,
  weekIndex: number,
  runs: readonly RunFact[],
  overrides: WorkItemFact['overrides'],
  timeZone: string,
): SourcedRow {
  const uses = runs.flatMap((run) => run.models.map(pricedUse))
  const fees = runs.reduce((sum, run) => sum + (run.toolCostMicros ?? 0), 0)
  const models = fees === 0 ? uses : [...uses, { model: 'tools', tokens: 0, pricedCostMicros: fees }]
  const begins = runs[0]?.startedAt ?? overrides[0]?.occurredAt ?? item.startedAt
  return {
    item,
    day: dayOf(begins, timeZone),
    weekIndex,
    dimensions: dimensionsOf(item, runs, timeZone),
    attempts: runs.length,
    calls: runs.reduce((sum, run) => sum + run.pricedCalls, 0),
    unpricedCalls: runs.reduce((sum, run) => sum + run.unpricedCalls, 0),
    tokens: models.reduce((sum, use) => sum + use.tokens, 0),
    runsMicros: runs.reduce((sum, run) => sum + run.modelCostMicros + (run.toolCostMicros ?? 0), 0),
    correctionsMicros: overrides.reduce((sum, one) => sum + (one.costMicros ?? 0), 0),
    resolved: item.status === 'resolved',
    models,
  }
}

/** Tokens of the calls whose price is known: those of unknown price have tokens but no dollars. */
function pricedUse(use: ModelUse): ModelUsage {
  const tokens = addKnown(use.inputTokens, use.outputTokens) ?? 0
  const priced = use.calls === 0 ? 0 : (use.calls - use.unpricedCalls) / use.calls
  return { model: use.model, tokens: tokens * priced, pricedCostMicros: use.costMicros }
}

function dimensionsOf(item: WorkItemFact, runs: readonly RunFact[], timeZone: string): Record<string, string | null> {
  const dimensions: Record<string, string | null> = {}
  for (const name of Object.keys(item.attributes)) dimensions[name] = valueOfItem(item, name, timeZone)
  for (const name of AGENT_DIMENSIONS) dimensions[name] = valueOfRun(runs[0] ?? item.runs[0], name)
  return dimensions
}
