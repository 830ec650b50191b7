import { type NullableNumbers, type Numbers, nullableAt } from './numbers.ts'

const LOW_BITS = 16
const HIGHEST_OF_THREE_BYTES = 0xffffff

/** Of a cell, or of one that is not written yet. */
export interface Columns {
  has(name: string): boolean
  column(name: string): Numbers
}

/**
 * A column as `joinNumbers` reads it, in arrays of their own: whole numbers that fit into three bytes take three, in two arrays,
 * where one would take four. A year has millions of steps.
 */
export function splitNumbers(name: string, values: Numbers): Record<string, Numbers> {
  const isSplit = values instanceof Uint32Array && values.every((value) => value <= HIGHEST_OF_THREE_BYTES)
  if (!isSplit) return { [name]: values.slice() }
  const [low, high] = [new Uint16Array(values.length), new Uint8Array(values.length)]
  for (let index = 0; index < values.length; index++) {
    // What is too much for an array is cut off at its width.
    low[index] = values[index]!
    high[index] = values[index]! >>> LOW_BITS
  }
  return { [name]: low, [highName(name)]: high }
}

export function joinNumbers(columns: Columns, name: string): CompactNumbers {
  const high = highName(name)
  return new CompactNumbers(columns.column(name), columns.has(high) ? columns.column(high) : null)
}

const highName = (name: string): string => `${name}.high`

/** Numbers of one column or of two, their low bits and their high ones. */
export class CompactNumbers {
  readonly #low: Numbers
  readonly #high: Numbers | null
  readonly #isFloat: boolean

  constructor(low: Numbers, high: Numbers | null) {
    this.#low = low
    this.#high = high
    this.#isFloat = low instanceof Float64Array
  }

  at(index: number): number {
    return this.#high === null ? this.#low[index]! : this.#low[index]! + (this.#high[index]! << LOW_BITS)
  }

  /** The value at a place of a column in which one may be unknown. */
  nullableAt(index: number): number | null {
    const value = this.at(index)
    if (this.#isFloat) return Number.isNaN(value) ? null : value
    return value === 0 ? null : value - 1
  }
}

/** A nullable column of which few values are known: those, by the places that have them. */
export class SparseNumbers {
  readonly #places: Numbers
  readonly #known: NullableNumbers
  /** Of the known place at or after the one that was asked for last. */
  #near = 0

  constructor({ values, isFloat }: NullableNumbers) {
    const isKnown = (value: number) => (isFloat ? !Number.isNaN(value) : value !== 0)
    let count = 0
    for (let index = 0; index < values.length; index++) if (isKnown(values[index]!)) count++
    const known = new (values.constructor as Uint8ArrayConstructor)(count) as Numbers
    this.#places = values.length <= 0x10000 ? new Uint16Array(count) : new Uint32Array(count)
    this.#known = { values: known, isFloat }
    for (let index = 0, next = 0; next < count; index++) {
      if (!isKnown(values[index]!)) continue
      this.#places[next] = index
      known[next++] = values[index]!
    }
  }

  /** In memory. */
  get bytes(): number {
    return this.#places.byteLength + this.#known.values.byteLength
  }

  /** The value at a place; null where none is known. Quick where places are asked for in order. */
  at(place: number): number | null {
    if (!this.#liesAt(this.#near, place)) {
      this.#near = this.#liesAt(this.#near + 1, place) ? this.#near + 1 : this.#search(place)
    }
    return this.#places[this.#near] === place ? nullableAt(this.#known, this.#near) : null
  }

  /** Whether a place, known or not, comes right before the known one at `index` or is it. */
  #liesAt(index: number, place: number): boolean {
    const places = this.#places
    return (
      index <= places.length &&
      (index === 0 || places[index - 1]! < place) &&
      (index === places.length || places[index]! >= place)
    )
  }

  #search(place: number): number {
    let [low, high] = [0, this.#places.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#places[middle]! < place) low = middle + 1
      else high = middle
    }
    return low
  }
}
