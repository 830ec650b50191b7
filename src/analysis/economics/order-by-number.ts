const DIGIT_BITS = 16
const DIGITS = 1 << DIGIT_BITS

/**
 * The places of the numbers from the smallest to the largest, those of equal ones by `idOf`. Sorted digit by digit of their
 * binary form, which asks no function of each pair: a year has millions of pairs. None may be NaN.
 */
export function orderByNumber(numbers: Float64Array, idOf: (place: number) => string): Uint32Array {
  const size = numbers.length
  const keys = sortableBits(numbers)
  let order = new Uint32Array(size).map((_, place) => place)
  let other = new Uint32Array(size)
  for (const word of [0, 1]) {
    for (const shift of [0, DIGIT_BITS]) {
      const ends = new Uint32Array(DIGITS + 1)
      for (let place = 0; place < size; place++) ends[((keys[2 * place + word]! >>> shift) & (DIGITS - 1)) + 1]!++
      // All alike in this digit: nothing to move.
      if (ends.includes(size)) continue
      for (let digit = 0; digit < DIGITS; digit++) ends[digit + 1]! += ends[digit]!
      for (let index = 0; index < size; index++) {
        const place = order[index]!
        other[ends[(keys[2 * place + word]! >>> shift) & (DIGITS - 1)]!++] = place
      }
      ;[order, other] = [other, order]
    }
  }
  sortTies(order, numbers, idOf)
  return order
}

/** Two words for each number, the low one first, of which the order as whole numbers is that of the numbers. */
function sortableBits(numbers: Float64Array): Uint32Array {
  // A zero below zero is a zero.
  const keys = new Uint32Array(numbers.map((number) => number + 0).buffer)
  for (let place = 0; place < keys.length; place += 2) {
    const isNegative = keys[place + 1]! >>> 31 === 1
    if (isNegative) keys[place] = ~keys[place]!
    keys[place + 1] = isNegative ? ~keys[place + 1]! : keys[place + 1]! ^ 0x80000000
  }
  return keys
}

function sortTies(order: Uint32Array, numbers: Float64Array, idOf: (place: number) => string): void {
  for (let from = 0, end = 1; from < order.length; from = end++) {
    const number = numbers[order[from]!]
    while (end < order.length && numbers[order[end]!] === number) end++
    if (end - from > 1) sortById(order.subarray(from, end), idOf)
  }
}

function sortById(places: Uint32Array, idOf: (place: number) => string): void {
  const [first, second] = [places[0]!, places[1]!]
  if (places.length === 2) {
    // Most ties are of two.
    if (idOf(first) > idOf(second)) places.set([second, first])
    return
  }
  const ties: { id: string; place: number }[] = []
  for (const place of places) ties.push({ id: idOf(place), place })
  ties.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  for (let index = 0; index < ties.length; index++) places[index] = ties[index]!.place
}
