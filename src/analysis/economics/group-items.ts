import type { WorkItemFact } from '../../domain/facts.ts'
import { codeItems } from './code-items.ts'
import { isTimeDimension, NOT_GIVEN } from './item-dimensions.ts'

export interface ItemGroup {
  value: string
  items: WorkItemFact[]
}

/** Every item is in exactly one group, so groups add up to the whole. Days in order of time, others by size, then by name. */
export function groupItems(items: readonly WorkItemFact[], dimension: string, timeZone: string): ItemGroup[] {
  const { codes, values } = codeItems(items, dimension, timeZone)
  const groups = new Map<string, WorkItemFact[]>()
  // A value may read like what a group of nothing given is called: then they are one group.
  const members = values.map((value) => {
    const name = value ?? NOT_GIVEN
    const group = groups.get(name) ?? []
    groups.set(name, group)
    return group
  })
  for (let index = 0; index < items.length; index++) members[codes[index]!]!.push(items[index]!)
  const byName = (left: ItemGroup, right: ItemGroup) => (left.value < right.value ? -1 : 1)
  return [...groups]
    .map(([value, members]) => ({ value, items: members }))
    .sort((a, b) => (isTimeDimension(dimension) ? byName(a, b) : b.items.length - a.items.length || byName(a, b)))
}
