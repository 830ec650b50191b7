import fc from 'fast-check'
import { expect, it } from 'vitest'
import { orderByNumber } from '../../../src/analysis/economics/order-by-number.ts'

const numbersOf = fc.array(
  fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, -0, 0.5, 2 ** 40)),
  { maxLength: 60 },
)

it('orders places by their numbers as a comparison of each pair does, and leaves equal ones in their order', () => {
  fc.assert(
    fc.property(numbersOf, (numbers) => {
      const compared = [...numbers.keys()].sort((a, b) => {
        if (numbers[a]! !== numbers[b]!) return numbers[a]! < numbers[b]! ? -1 : 1
        return a - b
      })
      const places = Uint32Array.from(numbers.keys())
      expect([...orderByNumber(places, Float64Array.from(numbers))]).toEqual(compared)
    }),
  )
})
