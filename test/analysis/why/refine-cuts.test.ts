import { expect, test } from 'vitest'
import { refineCuts } from '../../../src/analysis/why/refine-cuts.ts'
import { createRandom, drawNormal } from '../../../src/analysis/why/seeded-random.ts'

/** 60 days with half of each day's distance carried over to the next, and a step of three standard deviations at day 30. */
function carriedDays(seed: number): Float64Array {
  const random = createRandom(seed)
  let noise = 0
  return Float64Array.from({ length: 60 }, (_, day) => {
    noise = 0.5 * noise + Math.sqrt(0.75) * drawNormal(random)
    return noise + (day >= 30 ? 3 : 0)
  })
}

test('brings a cut that lies some days off nearer to its day where days are correlated', () => {
  const distances = [28, 32].flatMap((start) =>
    Array.from({ length: 100 }, (_, seed) => Math.abs(refineCuts(carriedDays(seed), [start], 0.5, 3)[0]! - 30)),
  )
  expect(distances.filter((days) => days <= 1).length).toBeGreaterThan(170)
})

test('leaves cuts of independent days as they are, and runs at least as long as asked', () => {
  expect(refineCuts(carriedDays(1), [27], 0, 3)).toEqual([27])
  const [first, second] = refineCuts(carriedDays(1), [29, 32], 0.5, 3)
  expect(second! - first!).toBeGreaterThanOrEqual(3)
})
