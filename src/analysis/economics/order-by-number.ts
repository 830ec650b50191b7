const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS
/** Digits of a word of 32 bits. */
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS]

/**
 * The places of the numbers from the smallest to the largest, those of equal ones in the order that `compareTied` gives. Sorted
 * digit by digit of their binary form, which asks no function of each pair: a year has millions of pairs. None may be NaN.
 */
export function orderByNumber(
  numbers: Float64Array,
  compareTied: (place: number, other: number) => number,
): Uint32Array {
  const size = numbers.length
  const places = new Uint32Array(size)
  for (let place = 0; place < size; place++) places[place] = place
  const [low, high] = sortableBits(numbers)
  let rows: Rows = { places, words: [low, high] }
  let spare: Rows = { places: new Uint32Array(size), words: [new Uint32Array(size), new Uint32Array(size)] }
  for (const word of [0, 1] as const) {
    for (const shift of SHIFTS) {
      if (moveByDigit(rows, spare, word, shift)) [rows, spare] = [spare, rows]
    }
  }
  sortTies(rows.places, numbers, compareTied)
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

/** Two words for each number, of which the order as whole numbers is that of the numbers. */
function sortableBits(numbers: Float64Array): [low: Uint32Array, high: Uint32Array] {
  const [low, high] = [new Uint32Array(numbers.length), new Uint32Array(numbers.length)]
  const one = new Float64Array(1)
  const words = new Uint32Array(one.buffer)
  for (let place = 0; place < numbers.length; place++) {
    // A zero below zero is a zero.
    one[0] = numbers[place]! + 0
    const isNegative = words[1]! >>> 31 === 1
    low[place] = isNegative ? ~words[0]! : words[0]!
    high[place] = isNegative ? ~words[1]! : words[1]! ^ 0x80000000
  }
  return [low, high]
}

function sortTies(
  order: Uint32Array,
  numbers: Float64Array,
  compareTied: (place: number, other: number) => number,
): void {
  let from = 0
  for (let end = 1; from < order.length; from = end++) {
    const number = numbers[order[from]!]
    while (end < order.length && numbers[order[end]!] === number) end++
    if (end - from > 1) sortTied(order.subarray(from, end), compareTied)
  }
}

function sortTied(places: Uint32Array, compareTied: (place: number, other: number) => number): void {
  const [first, second] = [places[0]!, places[1]!]
  // Most ties are of two.
  if (places.length > 2) places.sort(compareTied)
  else if (compareTied(first, second) > 0) places.set([second, first])
}
