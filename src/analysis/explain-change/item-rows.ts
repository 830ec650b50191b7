import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { RunView } from '../../attribution/item-days/run-view.ts'
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
    if (item instanceof ItemView && view === 'spend') {
      addPackedRows(rows, item, windows, timeZone)
      continue
    }
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

/** The same rows of an item from a packed day: of its runs only the first of each window is made. */
function addPackedRows(rows: SourcedRow[], item: ItemView, windows: readonly BoundedWindow[], timeZone: string): void {
  const { start, runStarted } = item.reading.figures
  const overrides = item.corrections === 0 ? NONE : item.overrides
  for (const { index, bounds } of windows) {
    const [from, to] = [bounds.from.getTime() - start, bounds.to.getTime() - start]
    let first = -1
    for (let run = item.firstRun; run < item.endOfRuns; run++) {
      if (runStarted[run]! < from || runStarted[run]! >= to) continue
      first = run
      break
    }
    const made = overrides.length === 0 ? NONE : overrides.filter((one) => isWithin(one.occurredAt, bounds))
    if (first < 0 && made.length === 0) continue
    rows.push(
      first < 0 ? rowOf(item, index, [], made, timeZone) : packedRow(item, index, first, from, to, made, timeZone),
    )
  }
}

const NONE: WorkItemFact['overrides'] = []

function packedRow(
  item: ItemView,
  weekIndex: number,
  first: number,
  from: number,
  to: number,
  made: WorkItemFact['overrides'],
  timeZone: string,
): SourcedRow {
  const { figures } = item.reading
  const models: WritableUsage[] = []
  let [attempts, fees, calls, unpricedCalls, modelMicros, tokens] = [0, 0, 0, 0, 0, 0]
  for (let run = first; run < item.endOfRuns; run++) {
    if (figures.runStarted[run]! < from || figures.runStarted[run]! >= to) continue
    attempts++
    fees += nullableAt(figures.runToolCost, run) ?? 0
    calls += figures.runPriced[run]!
    unpricedCalls += figures.runUnpriced[run]!
    modelMicros += figures.runModelCost[run]!
    for (let use = figures.runUse[run]!; use < figures.runUse[run + 1]!; use++) {
      const inputAndOutput = (nullableAt(figures.useInput, use) ?? 0) + (nullableAt(figures.useOutput, use) ?? 0)
      const model = figures.models[figures.useModel[use]! - 1]!
      tokens += addUsage(
        models,
        model,
        pricedTokens(inputAndOutput, figures.useCalls[use]!, figures.useUnpriced[use]!),
        figures.useCost[use]!,
      )
    }
  }
  if (fees !== 0) models.push({ model: 'tools', tokens: 0, pricedCostMicros: fees })
  return {
    item,
    day: dayAt(figures.start + figures.runStarted[first]!, timeZone),
    weekIndex,
    dimensions: dimensionsOf(item, new RunView(item.reading, first, item.row), timeZone),
    attempts,
    calls,
    unpricedCalls,
    tokens,
    runsMicros: modelMicros + fees,
    correctionsMicros: made.length === 0 ? 0 : made.reduce((sum, one) => sum + (one.costMicros ?? 0), 0),
    resolved: item.status === 'resolved',
    models,
  }
}

function rowOf(
  item: WorkItemFact,
  weekIndex: number,
  runs: readonly RunFact[],
  overrides: WorkItemFact['overrides'],
  timeZone: string,
): SourcedRow {
  const models: WritableUsage[] = []
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

type WritableUsage = { -readonly [Name in keyof ModelUsage]: ModelUsage[Name] }

/** Adds what a model did in a run to what it did in the item; returns the tokens. */
function addUse(models: WritableUsage[], use: ModelUse): number {
  const all = (use.inputTokens ?? 0) + (use.outputTokens ?? 0)
  return addUsage(models, use.model, pricedTokens(all, use.calls, use.unpricedCalls), use.costMicros)
}

/** Tokens of the calls whose price is known: those of unknown price have tokens but no dollars. */
function pricedTokens(all: number, calls: number, unpricedCalls: number): number {
  return unpricedCalls === 0 ? all : calls === 0 ? 0 : (all * (calls - unpricedCalls)) / calls
}

function addUsage(models: WritableUsage[], model: string, tokens: number, pricedCostMicros: number): number {
  for (const known of models) {
    if (known.model !== model) continue
    known.tokens += tokens
    known.pricedCostMicros += pricedCostMicros
    return tokens
  }
  models.push({ model, tokens, pricedCostMicros })
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
