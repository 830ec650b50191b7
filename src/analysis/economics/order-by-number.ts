import { scratch, withScratch } from '../../domain/scratch.ts'
import { WordSorter } from './order-by-words.ts'

/** The places by their numbers, from the smallest to the largest, those of equal ones in their order. No number may be NaN. */
export function orderByNumber(places: Uint32Array, numbers: Float64Array): Uint32Array {
  const order = scratch(Uint32Array, places.length)
  withScratch(() => {
    const sorter = new WordSorter(places.length)
    const [low, high] = sorter.words
    const one = new Float64Array(1)
    const words = new Uint32Array(one.buffer)
    for (let index = 0; index < places.length; index++) {
      // A zero below zero is a zero.
      one[0] = numbers[places[index]!]! + 0
      // Two words of which the order as whole numbers is that of the numbers.
      const isNegative = words[1]! >>> 31 === 1
      low[index] = isNegative ? ~words[0]! : words[0]!
      high[index] = isNegative ? ~words[1]! : words[1]! ^ 0x80000000
    }
    sorter.order(order)
  })
  for (let index = 0; index < order.length; index++) order[index] = places[order[index]!]!
  return order
}
