/** Numbers as they come, in one array that doubles: a list of a million of them is made and read without an object for any. */
export class NumberList {
  #values: Float64Array = new Float64Array(16)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const values = new Float64Array(2 * this.#length)
      values.set(this.#values)
      this.#values = values
    }
    this.#values[this.#length++] = value
  }

  /** A view, good until the next number is added. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length)
  }
}
