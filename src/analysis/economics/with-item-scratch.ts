import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { withScratch } from '../../domain/scratch.ts'

/** What the analyses that ask for most have asked for, over a million items. */
const BYTES_AN_ITEM = 48

/** Runs a computation over items, and gives the arrays that it asked for back when it is done: its result may hold none of them. */
export function withItemScratch<Result>(items: ItemList, compute: () => Result): Result {
  return withScratch(compute, items.length * BYTES_AN_ITEM)
}
