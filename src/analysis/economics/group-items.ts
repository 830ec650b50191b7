import type { WorkItemFact } from '../../domain/facts.ts'
import { addToGroup } from './add-to-group.ts'
import { isTimeDimension, NOT_GIVEN, valueOfItem } from './item-dimensions.ts'

export interface ItemGroup {
  value: string
  items: WorkItemFact[]
}

/** Every item is in exactly one group, so groups add up to the whole. Days in order of time, others by size, then by name. */
export function groupItems(items: readonly WorkItemFact[], dimension: string, timeZone: string): ItemGroup[] {
  const groups = new Map<string, WorkItemFact[]>()
  for (const item of items) {
    const value = valueOfItem(item, dimension, timeZone) ?? NOT_GIVEN
    addToGroup(groups, value, item)
  }
  const byName = (left: ItemGroup, right: ItemGroup) => (left.value < right.value ? -1 : 1)
  return [...groups]
    .map(([value, members]) => ({ value, items: members }))
    .sort((a, b) => (isTimeDimension(dimension) ? byName(a, b) : b.items.length - a.items.length || byName(a, b)))
}
