import { type RunFact, WASTE_CLASSES, type WasteClass, type WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { compareItems } from './cite-items.ts'
import { classifyWaste, type RunWasteByClass, type WasteEstimates } from './classify-waste.ts'
import { startTimeOf } from './item-dimensions.ts'
import { type Bounds, isTimeWithin } from './parameters.ts'

/** Waste of one class. */
export interface ClassSums {
  micros: MicroDollars
  /** With such waste. */
  runs: number
  items: number
  /** The item with the run that wasted most in this way. */
  worst: { item: WorkItemFact; micros: MicroDollars } | null
}

/** Waste of one value of the dimension that was asked for. */
export interface SegmentSums {
  waste: MicroDollars
  spend: MicroDollars
  runs: number
}

export interface WasteSums {
  /** Worked on in the period, in order. */
  items: WorkItemFact[]
  spend: MicroDollars
  waste: MicroDollars
  /** With any waste. */
  wastingItems: number
  unpricedCalls: number
  classes: Record<WasteClass, ClassSums>
  segments: Map<string, SegmentSums>
  /** That told whether they were used. */
  documents: number
  unused: number
  unusedPriced: number
}

/**
 * Looks once at every run that started inside the bounds. `segmentOf` names the segment of a run; null where no split was
 * asked for.
 */
export function sumWaste(
  items: readonly WorkItemFact[],
  bounds: Bounds,
  estimates: WasteEstimates,
  segmentOf: ((item: WorkItemFact, run: RunFact) => string) | null,
): WasteSums {
  const sums: WasteSums = {
    ...{ items: [], spend: 0, waste: 0, wastingItems: 0, unpricedCalls: 0, segments: new Map() },
    classes: Object.fromEntries(
      WASTE_CLASSES.map((name): [WasteClass, ClassSums] => [name, { micros: 0, runs: 0, items: 0, worst: null }]),
    ) as Record<WasteClass, ClassSums>,
    ...{ documents: 0, unused: 0, unusedPriced: 0 },
  }
  for (const item of items) {
    const wasted = new Set<WasteClass>()
    let isIn = false
    for (const run of item.runs) {
      if (!isTimeWithin(startTimeOf(run), bounds)) continue
      isIn = true
      const unused = estimates.unusedDocuments(run)
      sums.documents += unused.told
      sums.unused += unused.count
      sums.unusedPriced += unused.priced
      const waste = addClasses(sums, item, classifyWaste(item, run, estimates, unused), wasted)
      const spend = run.modelCostMicros + (run.toolCostMicros ?? 0)
      sums.spend += spend
      sums.waste += waste
      sums.unpricedCalls += run.unpricedCalls
      if (segmentOf) addToSegment(sums.segments, segmentOf(item, run), waste, spend)
    }
    if (!isIn) continue
    sums.items.push(item)
    if (wasted.size > 0) sums.wastingItems++
    for (const name of wasted) sums.classes[name].items++
  }
  return sums
}

/** Returns the waste of the run, all classes together. */
function addClasses(
  { classes }: WasteSums,
  item: WorkItemFact,
  byClass: RunWasteByClass,
  wasted: Set<WasteClass>,
): MicroDollars {
  let total = 0
  for (const name of WASTE_CLASSES) {
    const micros = byClass[name]
    if (micros === 0) continue
    total += micros
    wasted.add(name)
    const sums = classes[name]
    sums.micros += micros
    sums.runs++
    const { worst } = sums
    if (worst === null || micros > worst.micros || (micros === worst.micros && compareItems(item, worst.item) < 0)) {
      sums.worst = { item, micros }
    }
  }
  return total
}

function addToSegment(segments: Map<string, SegmentSums>, value: string, waste: number, spend: number): void {
  let sums = segments.get(value)
  if (!sums) {
    sums = { waste: 0, spend: 0, runs: 0 }
    segments.set(value, sums)
  }
  sums.waste += waste
  sums.spend += spend
  sums.runs++
}
