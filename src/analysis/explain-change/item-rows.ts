import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { ModelUse, RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { CalendarDate } from '../../domain/period.ts'
import { AGENT_DIMENSIONS, dayAt, startTimeOf, valueOfItem, valueOfRun } from '../economics/item-dimensions.ts'
import { type Bounds, isTimeWithin, isWithin } from '../economics/parameters.ts'
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
  const rows: SourcedRow[] = []
  for (const item of items) {
    const { runs } = item
    const overrides = item.corrections === 0 ? [] : item.overrides
    for (const { index, bounds } of windows) {
      if (view === 'cohort') {
        if (isWithin(item.closedAt, bounds) && runs.length + overrides.length > 0) {
          rows.push(rowOf(item, index, runs, overrides, timeZone))
        }
        continue
      }
      const own = runs.filter((run) => isTimeWithin(startTimeOf(run), bounds))
      const made = overrides.filter((one) => isWithin(one.occurredAt, bounds))
      if (own.length + made.length > 0) rows.push(rowOf(item, index, own, made, timeZone))
    }
  }
  return rows
}

function rowOf(
  item: WorkItemFact,
  weekIndex: number,
  runs: readonly RunFact[],
  overrides: WorkItemFact['overrides'],
  timeZone: string,
): SourcedRow {
  const models: ModelUsage[] = []
  let [fees, calls, unpricedCalls, modelMicros, tokens] = [0, 0, 0, 0, 0]
  for (const run of runs) {
    fees += run.toolCostMicros ?? 0
    calls += run.pricedCalls
    unpricedCalls += run.unpricedCalls
    modelMicros += run.modelCostMicros
    for (const use of run.models) tokens += addUse(models, use)
  }
  if (fees !== 0) models.push({ model: 'tools', tokens: 0, pricedCostMicros: fees })
  const begins = runs[0] ? startTimeOf(runs[0]) : (overrides[0]?.occurredAt ?? item.startedAt).getTime()
  return {
    item,
    day: dayAt(begins, timeZone),
    weekIndex,
    dimensions: dimensionsOf(item, runs[0] ?? item.runs[0], timeZone),
    attempts: runs.length,
    calls,
    unpricedCalls,
    tokens,
    runsMicros: modelMicros + fees,
    correctionsMicros: overrides.reduce((sum, one) => sum + (one.costMicros ?? 0), 0),
    resolved: item.status === 'resolved',
    models,
  }
}

/**
 * Adds what a model did in a run to what it did in the item; returns the tokens. Those of the calls whose price is known:
 * those of unknown price have tokens but no dollars.
 */
function addUse(models: ModelUsage[], use: ModelUse): number {
  const all = (use.inputTokens ?? 0) + (use.outputTokens ?? 0)
  const tokens =
    use.unpricedCalls === 0 ? all : use.calls === 0 ? 0 : (all * (use.calls - use.unpricedCalls)) / use.calls
  const place = models.findIndex((one) => one.model === use.model)
  const known = models[place]
  if (!known) models.push({ model: use.model, tokens, pricedCostMicros: use.costMicros })
  else {
    const pricedCostMicros = known.pricedCostMicros + use.costMicros
    models[place] = { model: use.model, tokens: known.tokens + tokens, pricedCostMicros }
  }
  return tokens
}

function dimensionsOf(item: WorkItemFact, run: RunFact | undefined, timeZone: string): Record<string, string | null> {
  const dimensions = item instanceof ItemView ? packedAttributes(item) : attributesOf(item, timeZone)
  for (const name of AGENT_DIMENSIONS) dimensions[name] = valueOfRun(run, name)
  return dimensions
}

function attributesOf(item: WorkItemFact, timeZone: string): Record<string, string | null> {
  const texts: Record<string, string | null> = {}
  for (const name of Object.keys(item.attributes)) texts[name] = valueOfItem(item, name, timeZone)
  return texts
}

/** The same, from the columns of its day. */
function packedAttributes({ reading, row }: ItemView): Record<string, string | null> {
  const texts: Record<string, string | null> = {}
  for (const [name, { values, codes }] of reading.figures.attributes) {
    const code = codes[row]!
    if (code > 0) texts[name] = String(values[code - 1])
  }
  return texts
}
