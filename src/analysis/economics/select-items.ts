import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemListBuilder } from '../../attribution/item-days/item-list-builder.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { codeItems } from './code-items.ts'
import { eachDay } from './each-day.ts'
import { dimensionNamed, NOT_GIVEN } from './item-dimensions.ts'
import {
  bothOf,
  HAS_RUN,
  IS_CLOSED,
  type ItemTest,
  isClosedWithin,
  not,
  restatedWithin,
  startedWithin,
  WAS_WORKED_ON,
} from './item-tests.ts'
import type { Bounds, EconomicsParameters } from './parameters.ts'

/** Items of the workflow that meet every filter. Values are compared as strings. */
export function filterItems(items: ItemList, parameters: EconomicsParameters): ItemList {
  const own = itemsOfWorkflow(items, parameters)
  return Object.entries(parameters.filters).reduce((kept, [name, wanted]) => {
    const { codes, values } = codeItems(kept, dimensionNamed(name, items), parameters.timeZone)
    const isWanted = values.map((value) => (value ?? NOT_GIVEN) === wanted)
    return itemsAt(kept, (place) => isWanted[codes[place]!]!)
  }, own)
}

/** The very same list where all of them are the workflow's. */
export function itemsOfWorkflow(items: ItemList, { workflow }: Pick<EconomicsParameters, 'workflow'>): ItemList {
  if (workflow === null) return items
  const { name } = workflow
  return selectItems(items, {
    onDay: ({ figures }) => (figures.workflow === name ? always : never),
    onFact: (item) => item.workflow === name,
  })
}

const always = () => true
const never = () => false

/** The items that pass; the very same list where all do. */
export function selectItems(items: ItemList, test: ItemTest): ItemList {
  const count = countItems(items, test)
  if (count === items.length) return items
  const { onDay, onFact } = test
  const selected = new ItemListBuilder(count)
  // For the rows of one day after the other.
  let meant = new Uint32Array(0)
  eachDay(items, {
    rows(rows, from, to, reading) {
      const isMeant = onDay(reading)
      if (meant.length < to - from) meant = new Uint32Array(Math.max(2 * meant.length, to - from))
      let count = 0
      for (let place = from; place < to; place++) if (isMeant(rows[place]!)) meant[count++] = rows[place]!
      selected.addRows(reading, meant.subarray(0, count))
    },
    fact(item) {
      if (onFact(item)) selected.add(item)
    },
  })
  return selected.build()
}

/** How many pass. */
export function countItems(items: ItemList, { onDay, onFact }: ItemTest): number {
  let count = 0
  eachDay(items, {
    rows(rows, from, to, reading) {
      const isMeant = onDay(reading)
      for (let place = from; place < to; place++) if (isMeant(rows[place]!)) count++
    },
    fact(item) {
      if (onFact(item)) count++
    },
  })
  return count
}

/** The items at the places that pass. */
export function itemsAt(items: ItemList, isMeant: (place: number) => boolean): ItemList {
  const selected = new ItemListBuilder()
  eachDay(items, {
    rows(rows, from, to, reading) {
      for (let place = from; place < to; place++) if (isMeant(place)) selected.addRow(reading, rows[place]!)
    },
    fact(item, place) {
      if (isMeant(place)) selected.add(item)
    },
  })
  return selected.build()
}

/** One list after the other. */
export function joinItems(lists: readonly ItemList[]): ItemList {
  const joined = new ItemListBuilder()
  for (const items of lists) {
    eachDay(items, {
      rows: (rows, from, to, reading) => joined.addRows(reading, rows.subarray(from, to)),
      fact: (item) => joined.add(item),
    })
  }
  return joined.build()
}

/** The cohort: items whose holding, closing outcome took effect inside the bounds and that an agent worked on. */
export function closedWithin(items: ItemList, bounds: Bounds): ItemList {
  return selectItems(items, bothOf(isClosedWithin(bounds), WAS_WORKED_ON))
}

/** Closed inside the bounds, but no run of them has arrived: their cost is unknown, so they are counted and left out. */
export function countClosedWithoutRuns(items: ItemList, bounds: Bounds): number {
  return countItems(items, bothOf(isClosedWithin(bounds), not(WAS_WORKED_ON)))
}

/** Worked on inside the bounds and not closed. */
export function countOpenWithin(items: ItemList, bounds: Bounds): number {
  return countItems(items, bothOf(not(IS_CLOSED), startedWithin(bounds)))
}

/**
 * Resolved inside the bounds and reopened since: what was said of the period before is restated. Each counts where it
 * was first said to be resolved, whatever became of it later.
 */
export function countRestatedWithin(items: ItemList, bounds: Bounds): number {
  return countItems(items, restatedWithin(bounds))
}

/** Those with a run. */
export function withRuns(items: ItemList): ItemList {
  return selectItems(items, HAS_RUN)
}

/** Closed whenever, with a run. */
export function closedWithRuns(items: ItemList): ItemList {
  return selectItems(items, bothOf(IS_CLOSED, HAS_RUN))
}

/** Of an item from a packed day its runs are not made to be counted. */
export function runCountOf(item: WorkItemFact): number {
  return item instanceof ItemView ? item.endOfRuns - item.firstRun : item.runs.length
}
