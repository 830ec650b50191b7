import type { WorkItemFact } from '../../domain/facts.ts'
import { giveBack } from '../../domain/give-back.ts'
import type { DayReading } from './day-reading.ts'
import type { ItemList } from './item-list.ts'
import { ItemView } from './item-view.ts'

/** Items that follow one another, at the places `from` up to `to`: rows of one packed day, or one fact of no packed day. */
export type Stretch = { from: number; to: number } & (
  | { reading: DayReading; fact: null }
  | { reading: null; fact: WorkItemFact }
)

/** Gives the memory of a list back, which is empty of rows after it: only its owner may, and once it has no use for lists made of it. */
export function releaseItems(items: ItemList): void {
  if (items instanceof PackedItems) giveBack(items.rows)
}

/** Items as rows of packed days, with facts of no packed day between them: a year of a million items makes no object for any. */
export class PackedItems implements ItemList {
  /** By place: the item's row in its day. */
  readonly rows: Uint32Array
  readonly stretches: readonly Stretch[]

  constructor(rows: Uint32Array, stretches: readonly Stretch[]) {
    this.rows = rows
    this.stretches = stretches
  }

  get length(): number {
    return this.rows.length
  }

  at(place: number): WorkItemFact | undefined {
    const wanted = place < 0 ? this.length + place : place
    const stretch = this.#stretchOf(wanted)
    return stretch && this.#itemAt(stretch, wanted)
  }

  *[Symbol.iterator](): Generator<WorkItemFact, void, undefined> {
    for (const stretch of this.stretches) {
      for (let place = stretch.from; place < stretch.to; place++) yield this.#itemAt(stretch, place)
    }
  }

  filter(isWanted: (item: WorkItemFact) => boolean): ItemList {
    const rows = new Uint32Array(this.length)
    const stretches: Stretch[] = []
    let kept = 0
    for (const stretch of this.stretches) {
      const from = kept
      for (let place = stretch.from; place < stretch.to; place++) {
        if (isWanted(this.#itemAt(stretch, place))) rows[kept++] = this.rows[place]!
      }
      if (kept > from) stretches.push({ ...stretch, from, to: kept })
    }
    return kept === this.length ? this : new PackedItems(rows.slice(0, kept), stretches)
  }

  some(isSo: (item: WorkItemFact) => boolean): boolean {
    for (const stretch of this.stretches) {
      for (let place = stretch.from; place < stretch.to; place++) if (isSo(this.#itemAt(stretch, place))) return true
    }
    return false
  }

  every(isSo: (item: WorkItemFact) => boolean): boolean {
    return !this.some((item) => !isSo(item))
  }

  #itemAt({ reading, fact }: Stretch, place: number): WorkItemFact {
    return reading === null ? fact : new ItemView(reading, this.rows[place]!)
  }

  /** The last one that begins at the place or before it. */
  #stretchOf(place: number): Stretch | undefined {
    if (place < 0 || place >= this.length) return undefined
    let [low, high] = [0, this.stretches.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.stretches[middle]!.from <= place) low = middle
      else high = middle - 1
    }
    return this.stretches[low]
  }
}
