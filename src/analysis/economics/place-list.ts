/** Places as they come, in one array that doubles: a list of a million of them is made and read without an object for any. */
export class PlaceList {
  #places: Uint32Array = new Uint32Array(16)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(place: number): void {
    if (this.#length === this.#places.length) {
      const places = new Uint32Array(2 * this.#length)
      places.set(this.#places)
      this.#places = places
    }
    this.#places[this.#length++] = place
  }

  /** A view, good until the next place is added. */
  get values(): Uint32Array {
    return this.#places.subarray(0, this.#length)
  }
}

/** The list of a key, a new one where it has none. */
export function listOf<Key>(lists: Map<Key, PlaceList>, key: Key): PlaceList {
  let list = lists.get(key)
  if (!list) {
    list = new PlaceList()
    lists.set(key, list)
  }
  return list
}
