const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS
/** Digits of a word of 32 bits. */
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS]

/**
 * The places of pairs of words from the smallest to the largest, those of equal ones in their order. Sorted digit by digit, which asks
 * no function of each pair: a year has millions of pairs. Both arrays are written over.
 */
export function orderByWords(low: Uint32Array, high: Uint32Array): Uint32Array {
  const size = low.length
  const places = new Uint32Array(size)
  for (let place = 0; place < size; place++) places[place] = place
  let rows: Rows = { places, words: [low, high] }
  let spare: Rows = { places: new Uint32Array(size), words: [new Uint32Array(size), new Uint32Array(size)] }
  for (const word of [0, 1] as const) {
    for (const shift of SHIFTS) {
      if (moveByDigit(rows, spare, word, shift)) [rows, spare] = [spare, rows]
    }
  }
  return rows.places
}

/** Places with the two words of their numbers, the low one first: they move together, so that all is read in order. */
interface Rows {
  places: Uint32Array
  words: readonly [Uint32Array, Uint32Array]
}

/** False where all are alike in this digit, and nothing is moved. */
function moveByDigit(from: Rows, to: Rows, word: 0 | 1, shift: number): boolean {
  const keys = from.words[word]
  const size = keys.length
  const next = new Uint32Array(DIGITS + 1)
  for (let index = 0; index < size; index++) next[((keys[index]! >>> shift) & (DIGITS - 1)) + 1]!++
  if (next.includes(size)) return false
  for (let digit = 0; digit < DIGITS; digit++) next[digit + 1]! += next[digit]!
  const [low, high] = from.words
  const [lowTo, highTo] = to.words
  // Once the low words are through, nothing asks for them again.
  const isLowWanted = word === 0
  for (let index = 0; index < size; index++) {
    const end = next[(keys[index]! >>> shift) & (DIGITS - 1)]!++
    to.places[end] = from.places[index]!
    if (isLowWanted) lowTo[end] = low[index]!
    highTo[end] = high[index]!
  }
  return true
}
