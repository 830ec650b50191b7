import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { WorkItemFact } from '../../domain/facts.ts'

export interface DayVisitor {
  /** Items of one packed day, one after the other: those from `from` up to `to`. */
  views(items: readonly ItemView[], from: number, to: number, reading: DayReading): void
  /** One of no packed day, and its place. */
  fact(item: WorkItemFact, place: number): void
}

/** Visits all items in order, those of a packed day together: what is read of its columns is looked up once for all of them. */
export function eachDay(items: readonly WorkItemFact[], { views, fact }: DayVisitor): void {
  for (let from = 0, to = 1; from < items.length; from = to++) {
    const first = items[from]!
    if (!(first instanceof ItemView)) {
      fact(first, from)
      continue
    }
    to = endOfDay(items, from, first)
    views(items as readonly ItemView[], from, to, first.reading)
  }
}

/** Both of them at each day, so that its details are decompressed once. */
export function visitBoth(one: DayVisitor, other: DayVisitor): DayVisitor {
  return {
    views(items, from, to, reading) {
      one.views(items, from, to, reading)
      other.views(items, from, to, reading)
    },
    fact(item, place) {
      one.fact(item, place)
      other.fact(item, place)
    },
  }
}

/** One after the last of the items from `from` on that are of the same packed day as that one. */
export function endOfDay(items: readonly WorkItemFact[], from: number, { reading }: ItemView): number {
  let end = from + 1
  for (; end < items.length; end++) {
    const item = items[end]!
    if (!(item instanceof ItemView) || item.reading !== reading) break
  }
  return end
}
