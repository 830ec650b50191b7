import { ItemView } from '../../attribution/item-days/item-view.ts'
import { RunView } from '../../attribution/item-days/run-view.ts'
import { type RunFact, WASTE_CLASSES, type WasteClass, type WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import type { UnusedDocuments } from './price-unused-documents.ts'

/** Waste that only a comparison with other runs shows; null: nothing is claimed. */
export interface WasteEstimates {
  /** What was retrieved into the run and not used, of the documents that it got. */
  unusedDocuments(run: RunFact): UnusedDocuments
  /** Micro-dollars of the run. */
  excessContext(item: WorkItemFact, run: RunFact): MicroDollars | null
  /** Share of the run's cost that a smaller model which is good enough would save, 0 to 1. */
  oversizedShare(item: WorkItemFact, run: RunFact): number | null
  /** Classes that nothing could be held against: their waste is unknown, not 0. */
  unjudged: ReadonlySet<WasteClass>
}

/** How sure a class is: seen in the trace itself, or estimated (lengths and prices of input; other runs). */
export const IS_ESTIMATED: Readonly<Record<WasteClass, boolean>> = {
  failed_call: false,
  loop: false,
  superseded_attempt: false,
  after_decision: false,
  unused_documents: true,
  excess_context: true,
  oversized_model: true,
}

const NO_WASTE: Readonly<Record<WasteClass, MicroDollars>> = {
  ...{ failed_call: 0, loop: 0, superseded_attempt: 0, after_decision: 0 },
  ...{ unused_documents: 0, excess_context: 0, oversized_model: 0 },
}

export type RunWasteByClass = Readonly<Record<WasteClass, MicroDollars>>

/**
 * The waste of one run: each dollar is claimed by the first class, in the order of `WASTE_CLASSES`, that has a claim to it,
 * and no more than the run cost is ever claimed. A run that a later attempt followed was thrown away whole. `unused`: what
 * the run got in vain.
 */
export function classifyWaste(
  item: WorkItemFact,
  run: RunFact,
  estimates: WasteEstimates,
  unused: UnusedDocuments,
): RunWasteByClass {
  let left = run.modelCostMicros + (run.toolCostMicros ?? 0)
  const isSuperseded = !isLastRun(item, run)
  const { waste } = run
  const claims: Record<WasteClass, number> = {
    failed_call: waste.failed_call ?? 0,
    loop: waste.loop ?? 0,
    superseded_attempt: isSuperseded ? left : 0,
    after_decision: waste.after_decision ?? 0,
    unused_documents: waste.unused_documents ?? unused.micros ?? 0,
    excess_context: isSuperseded ? 0 : (estimates.excessContext(item, run) ?? 0),
    oversized_model: 0,
  }
  // Documents that were not used are part of the context that was carried beyond need.
  claims.excess_context = Math.max(0, claims.excess_context - claims.unused_documents)
  const classified = { ...NO_WASTE }
  for (const name of WASTE_CLASSES) {
    if (name === 'oversized_model') claims.oversized_model = left * (estimates.oversizedShare(item, run) ?? 0)
    classified[name] = Math.max(0, Math.min(left, Math.round(claims[name])))
    left -= classified[name]
  }
  return classified
}

/** Runs of a packed day are made anew by each reading, so they are told by their place. */
function isLastRun(item: WorkItemFact, run: RunFact): boolean {
  if (item instanceof ItemView && run instanceof RunView) return run.run === item.endOfRuns - 1
  return run === item.runs.at(-1)
}
