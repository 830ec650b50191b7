import type { ItemView } from './item-view.ts'

/** The order of the ids of two items as texts, for which most often no text is made. */
export function compareIds(item: ItemView, other: ItemView): number {
  const [one, two] = [item.reading.figures.id, other.reading.figures.id]
  if (one.ascii === null || two.ascii === null) {
    const [left, right] = [one.at(item.row), two.at(other.row)]
    return left < right ? -1 : left > right ? 1 : 0
  }
  const [start, from] = [one.ascii.starts[item.row]!, two.ascii.starts[other.row]!]
  const [length, size] = [one.ascii.starts[item.row + 1]! - start, two.ascii.starts[other.row + 1]! - from]
  for (let index = 0; index < length && index < size; index++) {
    const difference = one.ascii.bytes[start + index]! - two.ascii.bytes[from + index]!
    if (difference !== 0) return difference
  }
  return length - size
}
