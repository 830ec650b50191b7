import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { scratch, withScratch } from '../../domain/scratch.ts'
import { compareIdsOf } from './cite-items.ts'
import { eachDay } from './each-day.ts'
import { WordSorter } from './order-by-words.ts'

/** Bytes of an id that are compared as numbers. */
const KEY_BYTES = 8

/**
 * The places of the items in the order of their ids. Ids often begin alike: the eight bytes after that, as two words, order nearly
 * all of them, and only those that are alike in these too are compared as texts.
 */
export function orderById(items: ItemList): Uint32Array {
  const prefix = commonPrefix(items)
  const byText = (place: number, other: number) => compareIdsOf(items.at(place)!, items.at(other)!)
  if (prefix === null) return Uint32Array.from({ length: items.length }, (_, place) => place).sort(byText)
  const order = scratch(Uint32Array, items.length)
  withScratch(() => {
    const sorter = new WordSorter(items.length)
    const [low, high] = sorter.words
    eachId(items, (place, bytes, start, end) => {
      const from = start + prefix.length
      high[place] = wordAt(bytes, from, end)
      low[place] = wordAt(bytes, from + KEY_BYTES / 2, end)
    })
    sorter.order(order)
    const isAlike = (place: number, other: number) => high[place] === high[other] && low[place] === low[other]
    for (let from = 0, end = 1; from < order.length; from = end++) {
      while (end < order.length && isAlike(order[end]!, order[from]!)) end++
      if (end - from > 1) order.subarray(from, end).sort(byText)
    }
  })
  return order
}

/** What every id begins with; null where one is not ASCII, and its bytes not in the order of its characters. */
function commonPrefix(items: ItemList): Uint8Array | null {
  let prefix: Uint8Array | null = null
  let isAscii = true
  eachId(
    items,
    (_, bytes, start, end) => {
      prefix ??= bytes.slice(start, end)
      let length = 0
      while (length < prefix.length && start + length < end && bytes[start + length] === prefix[length]) length++
      if (length < prefix.length) prefix = prefix.subarray(0, length)
    },
    () => {
      isAscii = false
    },
  )
  return isAscii ? (prefix ?? new Uint8Array(0)) : null
}

/** Visits the bytes of each id: those from `start` up to `end`. `refuse` is called where an id is not ASCII. */
function eachId(
  items: ItemList,
  visit: (place: number, bytes: Uint8Array, start: number, end: number) => void,
  refuse: () => void = () => {},
): void {
  eachDay(items, {
    rows(rows, from, to, { figures: { id } }) {
      if (id.ascii === null) return refuse()
      const { bytes, starts } = id.ascii
      for (let place = from; place < to; place++) visit(place, bytes, starts[rows[place]!]!, starts[rows[place]! + 1]!)
    },
    fact({ workItemId }, place) {
      const bytes = Buffer.from(workItemId)
      if (bytes.length !== workItemId.length) refuse()
      else visit(place, bytes, 0, bytes.length)
    },
  })
}

/** Four bytes, the first one the highest; 0 in place of those after the end. */
function wordAt(bytes: Uint8Array, from: number, end: number): number {
  let word = 0
  for (let index = from; index < from + 4; index++) word = (word << 8) | (index < end ? bytes[index]! : 0)
  return word >>> 0
}
