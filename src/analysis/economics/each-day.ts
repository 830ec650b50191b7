import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { PackedItems } from '../../attribution/item-days/packed-items.ts'
import type { WorkItemFact } from '../../domain/facts.ts'

export interface DayVisitor {
  /** Items of one packed day, one after the other: those at the places `from` up to `to`, by their rows. */
  rows(rows: Uint32Array, from: number, to: number, reading: DayReading): void
  /** One of no packed day, and its place. */
  fact(item: WorkItemFact, place: number): void
}

/** Visits all items in order, those of a packed day together: what is read of its columns is looked up once for all of them. */
export function eachDay(items: ItemList, visitor: DayVisitor): void {
  if (!(items instanceof PackedItems)) {
    let place = 0
    for (const item of items) visitor.fact(item, place++)
    return
  }
  for (const { reading, fact, from, to } of items.stretches) {
    if (reading === null) visitor.fact(fact, from)
    else visitor.rows(items.rows, from, to, reading)
  }
}
