import { array, assert, constantFrom, double, oneof, property } from 'fast-check'
import { expect, it } from 'vitest'
import { median } from '../../../src/analysis/why/statistics.ts'

const number = oneof(double({ noNaN: true, min: -1e9, max: 1e9 }), constantFrom(Infinity, -Infinity))

it('is the middle of an odd number of values, whatever lies on its sides, and leaves them as they are', () => {
  assert(
    property(array(number, { maxLength: 40 }), number, (pairs, one) => {
      const values = [...pairs, one, ...pairs.map((value) => -value)]
      const before = [...values]
      const sorted = Float64Array.from(values).sort()
      // A zero below zero is a zero.
      expect(median(values) + 0).toBe(sorted[values.length >> 1]! + 0)
      expect(values).toEqual(before)
    }),
  )
})
