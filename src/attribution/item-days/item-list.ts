import type { WorkItemFact } from '../../domain/facts.ts'

/**
 * Facts of items in an order, as analyses take them: an array, or rows of packed days (`PackedItems`), of which an item is made
 * only while it is looked at. Made anew by each look, so compare items by what they say.
 */
export interface ItemList extends Iterable<WorkItemFact> {
  readonly length: number
  at(place: number): WorkItemFact | undefined
  filter(isWanted: (item: WorkItemFact) => boolean): ItemList
  some(isSo: (item: WorkItemFact) => boolean): boolean
  every(isSo: (item: WorkItemFact) => boolean): boolean
}
