import type { WorkItemFact } from '../../domain/facts.ts'
import { giveBack } from '../../domain/give-back.ts'
import { untilDone } from '../../domain/scratch.ts'
import type { DayReading } from './day-reading.ts'
import type { ItemList } from './item-list.ts'
import { ItemView } from './item-view.ts'
import { PackedItems, type Stretch } from './packed-items.ts'

/** Puts a list of items together, one after the other; of those of packed days their rows are kept. */
export class ItemListBuilder {
  #rows: Uint32Array
  #length = 0
  readonly #stretches: Stretch[] = []

  /** `expected`: how many there will be, where that is known; more may be added. */
  constructor(expected = 64) {
    this.#rows = untilDone(new Uint32Array(expected))
  }

  get length(): number {
    return this.#length
  }

  add(item: WorkItemFact): void {
    if (item instanceof ItemView) this.addRow(item.reading, item.row)
    else {
      this.#makeRoom(1)
      this.#stretches.push({ reading: null, fact: item, from: this.#length, to: ++this.#length })
    }
  }

  addRow(reading: DayReading, row: number): void {
    this.#makeRoom(1)
    this.#rows[this.#length] = row
    this.#extend(reading, 1)
  }

  addRows(reading: DayReading, rows: Uint32Array): void {
    if (rows.length === 0) return
    this.#makeRoom(rows.length)
    this.#rows.set(rows, this.#length)
    this.#extend(reading, rows.length)
  }

  /** Nothing is added to the builder after it. */
  build(): ItemList {
    return new PackedItems(this.#rows.subarray(0, this.#length), this.#stretches)
  }

  #extend(reading: DayReading, count: number): void {
    const last = this.#stretches.at(-1)
    if (last?.reading === reading) last.to += count
    else this.#stretches.push({ reading, fact: null, from: this.#length, to: this.#length + count })
    this.#length += count
  }

  #makeRoom(count: number): void {
    if (this.#length + count <= this.#rows.length) return
    const rows = untilDone(new Uint32Array(Math.max(2 * this.#rows.length, this.#length + count)))
    rows.set(this.#rows)
    giveBack(this.#rows)
    this.#rows = rows
  }
}
