import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemListBuilder } from '../../attribution/item-days/item-list-builder.ts'
import { scratch } from '../../domain/scratch.ts'
import { codeItems } from './code-items.ts'
import { eachDay } from './each-day.ts'
import { isTimeDimension, NOT_GIVEN } from './item-dimensions.ts'

export interface ItemGroup {
  value: string
  items: ItemList
}

/** Every item is in exactly one group, so groups add up to the whole. Days in order of time, others by size, then by name. */
export function groupItems(items: ItemList, dimension: string, timeZone: string): ItemGroup[] {
  const { names, groupOf } = codeGroups(items, dimension, timeZone)
  const members = names.map(() => new ItemListBuilder())
  eachDay(items, {
    rows(rows, from, to, reading) {
      for (let place = from; place < to; place++) members[groupOf[place]!]!.addRow(reading, rows[place]!)
    },
    fact: (item, place) => members[groupOf[place]!]!.add(item),
  })
  return names.map((value, group) => ({ value, items: members[group]!.build() }))
}

/** The same without the lists: for each item the place of its group among the names. */
export interface CodedGroups {
  names: string[]
  sizes: number[]
  groupOf: Uint32Array
}

export function codeGroups(items: ItemList, dimension: string, timeZone: string): CodedGroups {
  const { codes, values } = codeItems(items, dimension, timeZone)
  // A value may read like what a group of nothing given is called: then they are one group.
  const nameOf = values.map((value) => value ?? NOT_GIVEN)
  const sizes = new Map(nameOf.map((name) => [name, 0]))
  const sizeOf = new Uint32Array(values.length)
  for (let index = 0; index < codes.length; index++) sizeOf[codes[index]!]!++
  for (const [code, name] of nameOf.entries()) sizes.set(name, sizes.get(name)! + sizeOf[code]!)
  const byName = (left: string, right: string) => (left < right ? -1 : 1)
  const names = [...sizes.keys()].sort((a, b) =>
    isTimeDimension(dimension) ? byName(a, b) : sizes.get(b)! - sizes.get(a)! || byName(a, b),
  )
  const placeOf = new Map(names.map((name, place) => [name, place]))
  const groups = Uint32Array.from(nameOf, (name) => placeOf.get(name)!)
  const groupOf = scratch(Uint32Array, items.length)
  for (let index = 0; index < codes.length; index++) groupOf[index] = groups[codes[index]!]!
  return { names, sizes: names.map((name) => sizes.get(name)!), groupOf }
}
