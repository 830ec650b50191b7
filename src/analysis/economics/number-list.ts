import { giveBack } from '../../domain/give-back.ts'
import { untilDone } from '../../domain/scratch.ts'

type Values = Float64Array | Uint32Array

/** Numbers as they come, in one array that doubles: a list of a million of them is made and read without an object for any. */
export class NumberList<Kind extends Values> {
  readonly #make: new (
    length: number,
  ) => Kind
  #values: Kind
  #length = 0

  constructor(make: new (length: number) => Kind) {
    this.#make = make
    this.#values = untilDone(new make(16))
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const values = untilDone(new this.#make(2 * this.#length))
      values.set(this.#values)
      giveBack(this.#values)
      this.#values = values
    }
    this.#values[this.#length++] = value
  }

  /** A view, good until the next number is added. */
  get values(): Kind {
    return this.#values.subarray(0, this.#length) as Kind
  }
}

/** Places of items in a list of them. */
export type PlaceList = NumberList<Uint32Array>

export function newPlaceList(): PlaceList {
  return new NumberList(Uint32Array)
}

/** The list of a key, a new one where it has none. */
export function listOf<Key>(lists: Map<Key, PlaceList>, key: Key): PlaceList {
  let list = lists.get(key)
  if (!list) {
    list = newPlaceList()
    lists.set(key, list)
  }
  return list
}
