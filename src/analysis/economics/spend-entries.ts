import { CorrectionView } from '../../attribution/item-days/correction-view.ts'
import type { CorrectionFact, RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { attributeOf, isTimeDimension, textOf, timeValueAt, valueOfRun } from './item-dimensions.ts'

/** One amount that was spent at one instant: a model's calls in a run, a run's tool fees, or a correction. */
export interface SpendEntry {
  kind: 'model' | 'tool' | 'correction'
  item: WorkItemFact
  /** The run that spent it; for a correction the run that was corrected, where known. */
  run: RunFact | null
  /** Start of the run, or the time of the correction; milliseconds since 1970. */
  time: number
  model: string | null
  /** The known part; null where nothing of it is known. */
  micros: MicroDollars | null
  pricedCalls: number
  unpricedCalls: number
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

/** The value of an entry in a dimension; null where not given. `kind` tells model calls, tool fees and corrections apart. */
export function valueOfEntry(entry: SpendEntry, dimension: string, timeZone: string): string | null {
  const attribute = attributeOf(entry.item, dimension)
  if (attribute !== undefined) return textOf(attribute)
  if (dimension === 'workflow') return entry.item.workflow
  if (dimension === 'kind') return entry.kind
  if (dimension === 'model') return entry.model
  if (isTimeDimension(dimension)) return timeValueAt(entry.time, dimension, timeZone)
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

/** Visits entries, from the first to the last, as often as it is called. */
export type VisitSpend = (visit: (entry: SpendEntry) => void) => void

export function totalSpend(visitAll: VisitSpend): SpendTotals {
  const sum = new SpendSum()
  visitAll((entry) => sum.add(entry))
  return sum.totals
}

/** Adds up entries in the order in which `eachSpend` visits them: items and runs are counted as they change. */
export class SpendSum {
  #micros = 0
  #isAnyUnknown = false
  #items = 0
  #runs = 0
  #pricedCalls = 0
  #unpricedCalls = 0
  #corrections = 0
  #unpricedCorrections = 0
  #item: WorkItemFact | null = null
  #run: RunFact | null = null

  add(entry: SpendEntry): void {
    if (entry.item !== this.#item) {
      this.#item = entry.item
      this.#items++
    }
    if (entry.kind === 'correction') {
      this.#corrections++
      if (entry.micros === null) this.#unpricedCorrections++
    } else if (entry.run !== this.#run) {
      this.#run = entry.run
      this.#runs++
    }
    if (entry.micros === null) this.#isAnyUnknown = true
    else this.#micros += entry.micros
    this.#pricedCalls += entry.pricedCalls
    this.#unpricedCalls += entry.unpricedCalls
  }

  get totals(): SpendTotals {
    return {
      micros: this.#micros === 0 && this.#isAnyUnknown ? null : this.#micros,
      items: this.#items,
      runs: this.#runs,
      pricedCalls: this.#pricedCalls,
      unpricedCalls: this.#unpricedCalls,
      corrections: this.#corrections,
      unpricedCorrections: this.#unpricedCorrections,
    }
  }
}

/** Sums by a key of the entries. */
export class SpendGroups<Key> {
  readonly #sums = new Map<Key, SpendSum>()

  add(key: Key, entry: SpendEntry): void {
    let sum = this.#sums.get(key)
    if (!sum) {
      sum = new SpendSum()
      this.#sums.set(key, sum)
    }
    sum.add(entry)
  }

  get totals(): Map<Key, SpendTotals> {
    return new Map([...this.#sums].map(([key, sum]) => [key, sum.totals]))
  }
}
