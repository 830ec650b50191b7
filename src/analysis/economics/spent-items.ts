import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemListBuilder } from '../../attribution/item-days/item-list-builder.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { NumberList } from './number-list.ts'
import type { SpendEntry } from './spend-entries.ts'

/** The items of entries as `eachSpend` visits them, each once and in that order, and what was spent on each. */
export class SpentItems {
  readonly #items = new ItemListBuilder()
  readonly #micros = new NumberList(Float64Array)
  #item: WorkItemFact | null = null
  #sum = 0

  add({ item, micros }: SpendEntry): void {
    if (item !== this.#item) {
      this.#endItem()
      this.#item = item
    }
    this.#sum += micros ?? 0
  }

  /** The known part of what was spent, in micro-dollars by place. Nothing is added after it. */
  build(): { items: ItemList; micros: Float64Array } {
    this.#endItem()
    return { items: this.#items.build(), micros: this.#micros.values }
  }

  #endItem(): void {
    if (this.#item === null) return
    this.#items.add(this.#item)
    this.#micros.push(this.#sum)
    this.#sum = 0
  }
}
