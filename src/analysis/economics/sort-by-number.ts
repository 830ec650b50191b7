import type { WorkItemFact } from '../../domain/facts.ts'

/**
 * The items by their numbers, then by id. Numbers are sorted in an array of their own, which asks no function of each pair:
 * a year has millions of pairs. `numbers[i]` is that of `items[i]`.
 */
export function sortByNumber(items: readonly WorkItemFact[], numbers: Float64Array): WorkItemFact[] {
  const sorted = numbers.slice().sort()
  const distinct = sorted.filter((value, index) => index === 0 || value !== sorted[index - 1])
  const starts = new Uint32Array(distinct.length + 1)
  for (let index = 0, place = -1; index < sorted.length; index++) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) starts[++place] = index
  }
  starts[distinct.length] = sorted.length
  const next = starts.slice()
  const ordered = new Array<WorkItemFact>(items.length)
  for (let index = 0; index < items.length; index++) {
    const place = placeOf(distinct, numbers[index]!)
    ordered[next[place]!++] = items[index]!
  }
  for (let place = 0; place < distinct.length; place++) sortTies(ordered, starts[place]!, starts[place + 1]!)
  return ordered
}

function placeOf(distinct: Float64Array, value: number): number {
  let [low, high] = [0, distinct.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (distinct[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

function sortTies(items: WorkItemFact[], from: number, to: number): void {
  if (to - from < 2) return
  const ties: { id: string; item: WorkItemFact }[] = []
  for (let index = from; index < to; index++) ties.push({ id: items[index]!.workItemId, item: items[index]! })
  ties.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  for (const [index, { item }] of ties.entries()) items[from + index] = item
}
