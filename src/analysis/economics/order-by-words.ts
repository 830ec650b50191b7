const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS
/** Digits of a word of 32 bits. */
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS]

/** Places with the two words of their numbers, the low one first: they move together, so that all is read in order. */
interface Rows {
  places: Uint32Array
  words: readonly [low: Uint32Array, high: Uint32Array]
}

/**
 * Orders places by pairs of words, digit by digit, which asks no function of each pair: a year has millions of pairs. What one order
 * needs beside its result is used again by the next.
 */
export class WordSorter {
  #rows: Rows
  #spare: Rows

  /** `most`: pairs that are ordered at once. */
  constructor(most: number) {
    this.#rows = rowsOf(most)
    this.#spare = rowsOf(most)
  }

  /** To be filled before an order; in order after it. */
  get words(): Rows['words'] {
    return this.#rows.words
  }

  /** The places of the first `size` pairs from the smallest to the largest, those of equal ones in their order: good until the next. */
  order(size: number): Uint32Array {
    const { places } = this.#rows
    for (let place = 0; place < size; place++) places[place] = place
    for (const word of [0, 1] as const) {
      for (const shift of SHIFTS) {
        if (moveByDigit(size, this.#rows, this.#spare, word, shift)) {
          ;[this.#rows, this.#spare] = [this.#spare, this.#rows]
        }
      }
    }
    return this.#rows.places.subarray(0, size)
  }
}

function rowsOf(most: number): Rows {
  return { places: new Uint32Array(most), words: [new Uint32Array(most), new Uint32Array(most)] }
}

/** False where all are alike in this digit, and nothing is moved. */
function moveByDigit(size: number, from: Rows, to: Rows, word: 0 | 1, shift: number): boolean {
  const keys = from.words[word]
  const next = new Uint32Array(DIGITS + 1)
  for (let index = 0; index < size; index++) next[((keys[index]! >>> shift) & (DIGITS - 1)) + 1]!++
  if (next.includes(size)) return false
  for (let digit = 0; digit < DIGITS; digit++) next[digit + 1]! += next[digit]!
  const [low, high] = from.words
  const [lowTo, highTo] = to.words
  for (let index = 0; index < size; index++) {
    const end = next[(keys[index]! >>> shift) & (DIGITS - 1)]!++
    to.places[end] = from.places[index]!
    lowTo[end] = low[index]!
    highTo[end] = high[index]!
  }
  return true
}
