import fc from 'fast-check'
import { expect, it } from 'vitest'
import { percentiles } from '../../../../src/analysis/economics/statistics/percentile.ts'
import { RankFinder } from '../../../../src/analysis/economics/statistics/rank-finder.ts'

/** Few numbers and more than are kept, many alike and all different, within the buckets and beyond them. */
const numbersOf = fc.oneof(
  fc.array(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), { maxLength: 50 }),
  fc
    .record({ size: fc.integer({ min: 4090, max: 9000 }), seed: fc.nat(), most: fc.constantFrom(1, 3, 1e6, 1e14) })
    .map(({ size, seed, most }) =>
      Array.from({ length: size }, (_, index) => ((Math.imul(index + seed, 2654435761) >>> 0) / 2 ** 32) * most),
    ),
)

it('finds the same percentiles as a list of the numbers, to the last bit', () => {
  const shares = [0.5, 0.9, 0, 1]
  fc.assert(
    fc.property(numbersOf, (numbers) => {
      const finder = new RankFinder(shares)
      for (const number of numbers) finder.add(number)
      for (const number of numbers) finder.addAgain(number)
      expect(finder.size).toBe(numbers.length)
      expect(finder.find()).toEqual(percentiles(numbers, shares))
    }),
    { numRuns: 60 },
  )
})

it('finds nothing among very many numbers that were shown only once', () => {
  const finder = new RankFinder([0.5])
  for (let number = 0; number < 5000; number++) finder.add(number)
  expect(() => finder.find()).toThrow('a second time')
})
