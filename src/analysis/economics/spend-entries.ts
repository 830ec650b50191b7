import { CorrectionView } from '../../attribution/item-days/correction-view.ts'
import type { CorrectionFact, ModelUse, RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { isTimeDimension, textOf, timeValue, valueOfRun } from './item-dimensions.ts'
import { type Bounds, isWithin } from './parameters.ts'

/** One amount that was spent at one instant: a model's calls in a run, a run's tool fees, or a correction. */
export interface SpendEntry {
  kind: 'model' | 'tool' | 'correction'
  item: WorkItemFact
  /** The run that spent it; for a correction the run that was corrected, where known. */
  run: RunFact | null
  /** Start of the run, or the time of the correction. */
  at: Date
  model: string | null
  /** The known part; null where nothing of it is known. */
  micros: MicroDollars | null
  pricedCalls: number
  unpricedCalls: number
}

/** Everything that was spent inside the bounds: runs started in them, and corrections made in them. Each dollar once. */
export function listSpend(items: readonly WorkItemFact[], bounds: Bounds): SpendEntry[] {
  const entries: SpendEntry[] = []
  for (const item of items) {
    for (const run of item.runs) if (isWithin(run.startedAt, bounds)) entries.push(...entriesOfRun(item, run))
    for (const correction of item.overrides) {
      if (isWithin(correction.occurredAt, bounds)) entries.push(entryOfCorrection(item, correction))
    }
  }
  return entries
}

function entriesOfRun(item: WorkItemFact, run: RunFact): SpendEntry[] {
  const common = { item, run, at: run.startedAt }
  const entries: SpendEntry[] = run.models.map((use) => ({
    ...common,
    kind: 'model',
    model: use.model,
    micros: knownOfUse(use),
    pricedCalls: use.calls - use.unpricedCalls,
    unpricedCalls: use.unpricedCalls,
  }))
  const rest = run.modelCostMicros - run.models.reduce((sum, use) => sum + use.costMicros, 0)
  const priced = run.pricedCalls - entries.reduce((sum, entry) => sum + entry.pricedCalls, 0)
  const unpriced = run.unpricedCalls - entries.reduce((sum, entry) => sum + entry.unpricedCalls, 0)
  if (rest !== 0 || priced !== 0 || unpriced !== 0) {
    // Calls that name no model: their cost may be reported all the same.
    const micros = rest === 0 && unpriced > 0 ? null : rest
    entries.push({ ...common, kind: 'model', model: null, micros, pricedCalls: priced, unpricedCalls: unpriced })
  }
  if (run.toolCostMicros !== null) {
    const micros = run.toolCostMicros
    entries.push({ ...common, kind: 'tool', model: null, micros, pricedCalls: 0, unpricedCalls: 0 })
  }
  return entries
}

function entryOfCorrection(item: WorkItemFact, correction: CorrectionFact): SpendEntry {
  const run = correctedRun(item, correction)
  const at = correction.occurredAt
  return {
    kind: 'correction',
    item,
    run,
    at,
    model: null,
    micros: correction.costMicros,
    pricedCalls: 0,
    unpricedCalls: 0,
  }
}

/** The run that the correction names, else the last one that had started by then. */
export function correctedRun(item: WorkItemFact, correction: CorrectionFact): RunFact | null {
  const { runs } = item
  return namedRun(runs, correction) ?? runs.findLast((run) => run.startedAt <= correction.occurredAt) ?? null
}

/** A correction from a packed day knows its run's place, so that no ids of runs need be loaded. */
function namedRun(runs: readonly RunFact[], correction: CorrectionFact): RunFact | undefined {
  if (correction instanceof CorrectionView) return runs[correction.placeOfRun ?? -1]
  return runs.find((run) => run.traceId === correction.traceId)
}

function knownOfUse(use: ModelUse): MicroDollars | null {
  return use.costMicros === 0 && use.unpricedCalls > 0 ? null : use.costMicros
}

/** The value of an entry in a dimension; null where not given. `kind` tells model calls, tool fees and corrections apart. */
export function valueOfEntry(entry: SpendEntry, dimension: string, timeZone: string): string | null {
  if (Object.hasOwn(entry.item.attributes, dimension)) return textOf(entry.item.attributes[dimension])
  if (dimension === 'workflow') return entry.item.workflow
  if (dimension === 'kind') return entry.kind
  if (dimension === 'model') return entry.model
  if (isTimeDimension(dimension)) return timeValue(entry.at, dimension, timeZone)
  return valueOfRun(entry.run ?? undefined, dimension)
}

export interface SpendTotals {
  /** Known part; null where something was spent and nothing of it is known. */
  micros: MicroDollars | null
  items: number
  runs: number
  pricedCalls: number
  unpricedCalls: number
  corrections: number
  unpricedCorrections: number
}

export function totalSpend(entries: readonly SpendEntry[]): SpendTotals {
  const items = new Set<WorkItemFact>()
  const runs = new Set<RunFact>()
  const totals = { micros: 0, pricedCalls: 0, unpricedCalls: 0, corrections: 0, unpricedCorrections: 0 }
  let isAnyUnknown = false
  for (const entry of entries) {
    items.add(entry.item)
    if (entry.run && entry.kind !== 'correction') runs.add(entry.run)
    totals.micros += entry.micros ?? 0
    totals.pricedCalls += entry.pricedCalls
    totals.unpricedCalls += entry.unpricedCalls
    if (entry.kind === 'correction') totals.corrections++
    if (entry.kind === 'correction' && entry.micros === null) totals.unpricedCorrections++
    isAnyUnknown ||= entry.micros === null
  }
  const micros = totals.micros === 0 && isAnyUnknown ? null : totals.micros
  return { ...totals, micros, items: items.size, runs: runs.size }
}
