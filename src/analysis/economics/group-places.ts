import { scratch } from '../../domain/scratch.ts'
/** Places of one group. */
export interface PlaceGroup {
  group: number
  places: Uint32Array
}

/**
 * Places by group, the groups in order of their lowest places. `order`: all places in the order that each group shall have them in, or
 * only how many there are: then they stay as they are. `groupOf`: from 0 up to `groups`, or −1 for a place of none. It is asked twice of each,
 * so that each list is as long as it must be.
 */
export function groupPlaces(
  order: Uint32Array | number,
  groups: number,
  groupOf: (place: number) => number,
): PlaceGroup[] {
  const size = typeof order === 'number' ? order : order.length
  const counts = new Uint32Array(groups)
  const found: number[] = []
  for (let place = 0; place < size; place++) {
    const group = groupOf(place)
    if (group >= 0 && counts[group]!++ === 0) found.push(group)
  }
  const lists = new Map(found.map((group) => [group, scratch(Uint32Array, counts[group]!)]))
  counts.fill(0)
  for (let index = 0; index < size; index++) {
    const place = typeof order === 'number' ? index : order[index]!
    const group = groupOf(place)
    if (group >= 0) lists.get(group)![counts[group]!++] = place
  }
  return found.map((group) => ({ group, places: lists.get(group)! }))
}
