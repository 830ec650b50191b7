import { orderByWords } from './order-by-words.ts'

/** The places of the numbers from the smallest to the largest, those of equal ones in their order. None may be NaN. */
export function orderByNumber(numbers: Float64Array): Uint32Array {
  return orderByWords(...sortableBits(numbers))
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
