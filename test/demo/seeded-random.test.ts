import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRandom, dealByGroup, dealShares } from '../../src/demo/seeded-random.ts'

it('gives the same numbers for the same seed, and others for another', () => {
  const draw = (seed: string) => Array.from({ length: 20 }, createRandom(seed).uniform)
  expect(draw('claims/3')).toEqual(draw('claims/3'))
  expect(draw('claims/3')).not.toEqual(draw('claims/4'))
})

it('deals every value its share, give or take one', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 300 }),
      (seed, weights, size) => {
        const shares = weights.map((weight, value) => [value, weight] as const)
        const dealt = dealShares(createRandom(seed), shares, size)
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        expect(dealt.length).toBe(size)
        for (const [value, weight] of shares) {
          const count = dealt.filter((card) => card === value).length
          expect(Math.abs(count - (weight / total) * size)).toBeLessThan(1 + 1e-9)
        }
      },
    ),
  )
})

it('deals each group its own hand, in the order of the keys', () => {
  const dealt = dealByGroup(['a', 'b', 'a'], (key, size) => Array.from({ length: size }, (_, card) => `${key}${card}`))
  expect(dealt.map((card) => card[0])).toEqual(['a', 'b', 'a'])
  expect(new Set(dealt).size).toBe(3)
})

it('draws whole numbers and amounts inside their bounds', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const random = createRandom(seed)
      expect(random.whole(3, 7)).toSatisfy((drawn: number) => Number.isInteger(drawn) && drawn >= 3 && drawn <= 7)
      expect(random.around(10, 0.2)).toBeGreaterThan(0)
      expect([...random.shuffle([1, 2, 3])].sort()).toEqual([1, 2, 3])
    }),
  )
})
