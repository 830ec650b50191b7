import fc from 'fast-check'
import { expect, it } from 'vitest'
import { selectRank } from '../../../../src/analysis/economics/statistics/select-rank.ts'

/** Long enough lists to be sampled, with few and with many different numbers. */
const numbersOf = fc.oneof(
  fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 50 }),
  fc
    .record({ size: fc.integer({ min: 600, max: 5000 }), seed: fc.nat(), different: fc.constantFrom(1, 3, 1e6) })
    .map(({ size, seed, different }) =>
      Array.from({ length: size }, (_, index) => (Math.imul(index + seed, 2654435761) >>> 0) % different),
    ),
)

it('finds what stands at a rank once all are sorted, one rank after the other', () => {
  fc.assert(
    fc.property(
      numbersOf,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
      (numbers, shares) => {
        const sorted = new Float64Array(numbers).sort()
        const values = new Float64Array(numbers)
        for (const share of shares) {
          const rank = Math.round(share * (numbers.length - 1))
          expect(selectRank(values, rank) + 0).toBe(sorted[rank]! + 0)
        }
      },
    ),
  )
})
