import { releaseArrays } from './release-arrays.ts'

/** Numbers in one of the forms that a column may have. */
export type NarrowNumbers = Uint8Array | Uint16Array | Uint32Array | Float64Array

type Form = new (length: number) => NarrowNumbers

/** From the narrowest on, each with the highest whole number that it holds; what none of them holds is kept in Float64Array. */
const FORMS: readonly { form: Form; highest: number }[] = [
  { form: Uint8Array, highest: 0xff },
  { form: Uint16Array, highest: 0xffff },
  { form: Uint32Array, highest: 0xffffffff },
]

/**
 * A column of numbers of which neither how many nor how large they are is known before they are written: it takes room for more, and a
 * wider form, when it must. Most are small and whole, and a table of a million rows has dozens of columns. 0 where nothing was written.
 */
export class WideningColumn {
  #values: NarrowNumbers
  #form: Form = Uint8Array
  /** That the form holds; null where it holds any number. */
  #highest: number | null = 0xff

  /** @param expected how many values are likely to come: with fewer no room is made again. */
  constructor(expected: number) {
    this.#values = new Uint8Array(Math.max(1, expected))
  }

  at(index: number): number {
    return this.#values[index]!
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) this.#move(Math.max(index + 1, 2 * this.#values.length))
    if (!fits(value, this.#highest)) this.#widen(value)
    this.#values[index] = value
  }

  /** After it the values have a form that holds the number. What `upTo` returned before may be empty. */
  widenFor(value: number): void {
    if (!fits(value, this.#highest)) this.#widen(value)
  }

  /** The first so many values: good until there must be more room or a wider form. */
  upTo(count: number): NarrowNumbers {
    if (count > this.#values.length) this.#move(Math.max(count, 2 * this.#values.length))
    return this.#values.subarray(0, count)
  }

  #widen(value: number): void {
    const wider = FORMS.find(({ highest }) => fits(value, highest) && highest > this.#highest!)
    this.#form = wider?.form ?? Float64Array
    this.#highest = wider?.highest ?? null
    this.#move(this.#values.length)
  }

  #move(length: number): void {
    const moved = new this.#form(length)
    moved.set(this.#values)
    releaseArrays([this.#values])
    this.#values = moved
  }
}

/** Whether a form for whole numbers from 0 to `highest`, or for any where it is null, holds a number. */
function fits(value: number, highest: number | null): boolean {
  return highest === null || (value >>> 0 === value && value <= highest)
}
