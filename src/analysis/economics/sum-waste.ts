import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemListBuilder } from '../../attribution/item-days/item-list-builder.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { RunView } from '../../attribution/item-days/run-view.ts'
import { type RunFact, WASTE_CLASSES, type WasteClass, type WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { compareItems } from './cite-items.ts'
import { classifyWaste } from './classify-waste.ts'
import { eachDay } from './each-day.ts'
import { eachRunWithin } from './each-run-within.ts'
import type { WasteEstimates } from './estimate-waste.ts'
import { startTimeOf } from './item-dimensions.ts'
import { type Bounds, isTimeWithin } from './parameters.ts'
import { createDaySigns, type RunSigns, signsOfRun } from './waste-signs.ts'

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
  items: ItemList
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
  all: ItemList,
  bounds: Bounds,
  estimates: WasteEstimates,
  segmentOf: ((item: WorkItemFact, run: RunFact) => string) | null,
): WasteSums {
  const items = new ItemListBuilder()
  const sums: Omit<WasteSums, 'items'> = {
    ...{ spend: 0, waste: 0, wastingItems: 0, unpricedCalls: 0, segments: new Map() },
    classes: Object.fromEntries(
      WASTE_CLASSES.map((name): [WasteClass, ClassSums] => [name, { micros: 0, runs: 0, items: 0, worst: null }]),
    ) as Record<WasteClass, ClassSums>,
    ...{ documents: 0, unused: 0, unusedPriced: 0 },
  }
  const waste = new Float64Array(WASTE_CLASSES.length)
  const wasted = new Uint8Array(WASTE_CLASSES.length)
  const addRun = (signs: RunSigns, itemOf: () => WorkItemFact, segment: string | undefined) => {
    sums.documents += signs.unused.told
    sums.unused += signs.unused.count
    sums.unusedPriced += signs.unused.priced
    const left = classifyWaste(signs, waste)
    const total = left === signs.cost ? 0 : addClasses(sums, itemOf, waste, wasted)
    sums.spend += signs.cost
    sums.waste += total
    sums.unpricedCalls += signs.unpricedCalls
    if (segment !== undefined) addToSegment(sums.segments, segment, total, signs.cost)
  }
  const endItem = () => {
    let isWasting = false
    for (let place = 0; place < WASTE_CLASSES.length; place++) {
      if (wasted[place] === 0) continue
      isWasting = true
      sums.classes[WASTE_CLASSES[place]!].items++
      wasted[place] = 0
    }
    if (isWasting) sums.wastingItems++
  }
  eachDay(all, {
    rows(rows, from, to, reading) {
      const signsOf = createDaySigns(reading, estimates)
      let row = 0
      const itemOf = () => new ItemView(reading, row)
      const add = (run: number, ofRow: number) => {
        row = ofRow
        addRun(signsOf(run, row), itemOf, segmentOf?.(itemOf(), new RunView(reading, run, row)))
      }
      eachRunWithin({ rows, from, to, reading }, bounds, add, (ofRow) => {
        items.addRow(reading, ofRow)
        endItem()
      })
    },
    fact(item) {
      const own = item.runs.filter((run) => isTimeWithin(startTimeOf(run), bounds))
      for (const run of own) addRun(signsOfRun(item, run, estimates), () => item, segmentOf?.(item, run))
      if (own.length === 0) return
      items.add(item)
      endItem()
    },
  })
  return { ...sums, items: items.build() }
}

/** Returns the waste of the run, all classes together. `wasted`: 1 for each class that the item has waste of. */
function addClasses(
  { classes }: Pick<WasteSums, 'classes'>,
  itemOf: () => WorkItemFact,
  byClass: Float64Array,
  wasted: Uint8Array,
): MicroDollars {
  let total = 0
  for (let place = 0; place < WASTE_CLASSES.length; place++) {
    const micros = byClass[place]!
    if (micros === 0) continue
    total += micros
    wasted[place] = 1
    const sums = classes[WASTE_CLASSES[place]!]
    sums.micros += micros
    sums.runs++
    if (sums.worst === null || micros >= sums.worst.micros) sums.worst = worseOf(sums.worst, { item: itemOf(), micros })
  }
  return total
}

type Worst = NonNullable<ClassSums['worst']>

/** Of two that wasted the same the first in order. */
function worseOf(worst: ClassSums['worst'], one: Worst): Worst {
  if (worst === null || one.micros > worst.micros) return one
  return compareItems(one.item, worst.item) < 0 ? one : worst
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
