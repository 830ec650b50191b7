import { giveBack } from '../../domain/give-back.ts'
import { scratch } from '../../domain/scratch.ts'

const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS
/** Digits of a word of 32 bits. */
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS]

type Words = readonly [low: Uint32Array, high: Uint32Array]

/** Places with the two words of their numbers: they move together, so that all is read in order. */
interface Rows {
  places: Uint32Array
  words: Words
}

/**
 * Orders places by pairs of words, the low one first, digit by digit, which asks no function of each pair: a year has millions of pairs.
 * They are parted by the first digit in which they differ, and each part is ordered in room of its own size, not of the size of all.
 */
export class WordSorter {
  /** To be filled before an order. */
  readonly words: Words
  #rows = rowsOf(0)
  #spare = rowsOf(0)
  /** For one part after the other. */
  readonly #starts = new Uint32Array(DIGITS + 1)

  /** `most`: pairs that are ordered at once. */
  constructor(most: number) {
    this.words = [scratch(Uint32Array, most), scratch(Uint32Array, most)]
  }

  /** Writes the places of as many pairs from the smallest to the largest, those of equal ones in their order. */
  order(order: Uint32Array): void {
    const [low, high] = this.words
    const size = order.length
    const word = differing(high, size) === 0 ? low : high
    const shift = Math.max(0, 32 - Math.clz32(differing(word, size)) - DIGIT_BITS)
    const ends = new Uint32Array(DIGITS + 1)
    findStarts(ends, word, size, shift)
    for (let place = 0; place < size; place++) order[ends[(word[place]! >>> shift) & (DIGITS - 1)]!++] = place
    for (let digit = 0, from = 0; digit < DIGITS; from = ends[digit++]!) {
      if (ends[digit]! - from > 1) this.#orderPart(order.subarray(from, ends[digit]!))
    }
    this.#giveBack()
  }

  #giveBack(): void {
    for (const rows of [this.#rows, this.#spare]) giveBack(rows.places, ...rows.words)
  }

  #orderPart(part: Uint32Array): void {
    this.#makeRoom(part.length)
    const [low, high] = this.words
    const { places, words } = this.#rows
    for (let index = 0; index < part.length; index++) {
      const place = part[index]!
      places[index] = place
      words[0][index] = low[place]!
      words[1][index] = high[place]!
    }
    for (const word of [0, 1] as const) {
      const differs = differing(words[word], part.length)
      for (const shift of SHIFTS) {
        if (((differs >>> shift) & (DIGITS - 1)) === 0) continue
        moveByDigit(part.length, this.#rows, this.#spare, word, shift, this.#starts)
        ;[this.#rows, this.#spare] = [this.#spare, this.#rows]
      }
    }
    part.set(this.#rows.places.subarray(0, part.length))
  }

  #makeRoom(size: number): void {
    if (size <= this.#rows.places.length) return
    this.#giveBack()
    this.#rows = rowsOf(size)
    this.#spare = rowsOf(size)
  }
}

function wordsOf(most: number): Words {
  return [new Uint32Array(most), new Uint32Array(most)]
}

function rowsOf(most: number): Rows {
  return { places: new Uint32Array(most), words: wordsOf(most) }
}

/** The bits in which any of the first words differs from the first one. */
function differing(words: Uint32Array, size: number): number {
  let bits = 0
  for (let index = 1; index < size; index++) bits |= words[index]! ^ words[0]!
  return bits
}

/** Where those of each digit begin, when they are put one digit after the other. */
function findStarts(starts: Uint32Array, words: Uint32Array, size: number, shift: number): void {
  starts.fill(0)
  for (let index = 0; index < size; index++) starts[((words[index]! >>> shift) & (DIGITS - 1)) + 1]!++
  for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1]! += starts[digit]!
}

/** `next`: room for where those of each digit go. */
function moveByDigit(size: number, from: Rows, to: Rows, word: 0 | 1, shift: number, next: Uint32Array): void {
  const keys = from.words[word]
  findStarts(next, keys, size, shift)
  const [low, high] = from.words
  const [lowTo, highTo] = to.words
  for (let index = 0; index < size; index++) {
    const end = next[(keys[index]! >>> shift) & (DIGITS - 1)]!++
    to.places[end] = from.places[index]!
    lowTo[end] = low[index]!
    highTo[end] = high[index]!
  }
}
