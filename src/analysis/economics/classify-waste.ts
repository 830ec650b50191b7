import { WASTE_CLASSES, type WasteClass } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'

/** What speaks of waste in one run. Micro-dollars; null: nothing is claimed. */
export interface WasteSigns {
  /** Of its model calls and tools. */
  cost: MicroDollars
  /** A later attempt followed. */
  isSuperseded: boolean
  /** What the trace itself tells. */
  failedCall: MicroDollars
  loop: MicroDollars
  afterDecision: MicroDollars
  unusedTold: MicroDollars | null
  /** What was retrieved into it and not used, by length and price. */
  unusedDocuments: MicroDollars | null
  /** Beyond what such steps need. */
  excessContext: MicroDollars | null
  /** Share of the run's cost that a smaller model which is good enough would save, 0 to 1. */
  oversizedShare: number | null
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

const PLACES = Object.fromEntries(WASTE_CLASSES.map((name, place) => [name, place])) as Record<WasteClass, number>

/**
 * The waste of one run, in micro-dollars by place in `WASTE_CLASSES`, written into `waste`: each dollar is claimed by the first
 * class, in that order, that has a claim to it, and no more than the run cost is ever claimed. A run that a later attempt
 * followed was thrown away whole. Returns what is left of the cost.
 */
export function classifyWaste(signs: WasteSigns, waste: Float64Array): MicroDollars {
  let left = signs.cost
  const unused = signs.unusedTold ?? signs.unusedDocuments ?? 0
  const excess = signs.isSuperseded ? 0 : (signs.excessContext ?? 0)
  waste[PLACES.failed_call] = signs.failedCall
  waste[PLACES.loop] = signs.loop
  waste[PLACES.superseded_attempt] = signs.isSuperseded ? left : 0
  waste[PLACES.after_decision] = signs.afterDecision
  waste[PLACES.unused_documents] = unused
  // Documents that were not used are part of the context that was carried beyond need.
  waste[PLACES.excess_context] = Math.max(0, excess - unused)
  for (let place = 0; place < WASTE_CLASSES.length; place++) {
    const claim = place === PLACES.oversized_model ? left * (signs.oversizedShare ?? 0) : waste[place]!
    waste[place] = Math.max(0, Math.min(left, Math.round(claim)))
    left -= waste[place]!
  }
  return left
}
