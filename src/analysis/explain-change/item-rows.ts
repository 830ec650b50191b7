import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { CalendarDate } from '../../domain/period.ts'
import { dayAt, startTimeOf } from '../economics/item-dimensions.ts'
import { type Bounds, isTimeWithin, isWithin } from '../economics/parameters.ts'
import type { ItemRow } from '../why/item-row.ts'
import { packedRow } from './packed-row.ts'
import { dimensionsOf } from './row-dimensions.ts'
import { addUse, type WritableUsage } from './usage-by-model.ts'

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
