import { describe, expect, it } from 'vitest'
import { interruptSeries } from '../../../../src/analysis/economics/interrupt-series.ts'
import { fitLeastSquares } from '../../../../src/analysis/economics/statistics/least-squares.ts'
import { stratifiedDifference } from '../../../../src/analysis/economics/statistics/stratified-difference.ts'
import { trialSize } from '../../../../src/analysis/economics/statistics/trial-size.ts'
import { createRandom, drawNormal } from '../../../../src/analysis/why/seeded-random.ts'
import { addDays } from '../../../../src/domain/period.ts'

const WORLDS = 1000

it('least squares: Anscombe’s first set', () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
  const fit = fitLeastSquares(
    x.map((value) => [1, value]),
    y,
  )!
  expect(fit.coefficients[0]).toBeCloseTo(3.0001, 4)
  expect(fit.coefficients[1]).toBeCloseTo(0.5001, 4)
  expect(Math.sqrt(fit.covariance[1]![1]!)).toBeCloseTo(0.1179, 4)
  expect(
    fitLeastSquares(
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      [1, 2, 3],
    ),
  ).toBeNull()
})

it('trial size: 95 %, power 80 %, a rate of 0.85 and a margin of 0.05 take 631 a side', () => {
  expect(trialSize(0.85, 0.05)).toBe(631)
})

it('a difference that is only a mix of segments vanishes inside them', () => {
  const strata = [
    { exposed: { successes: 90, total: 100 }, unexposed: { successes: 18, total: 20 } },
    { exposed: { successes: 4, total: 20 }, unexposed: { successes: 20, total: 100 } },
  ]
  expect(stratifiedDifference(strata)!.value).toBeCloseTo(0)
  expect(
    stratifiedDifference([{ exposed: { successes: 0, total: 0 }, unexposed: { successes: 1, total: 2 } }]),
  ).toBeNull()
})

describe('stated 90 % intervals cover in 88–92 % of 1,000 simulated worlds', () => {
  it('a difference inside segments', () => {
    const random = createRandom(11)
    const draw = (total: number, share: number) => {
      let successes = 0
      for (let index = 0; index < total; index++) if (random() < share) successes++
      return { successes, total }
    }
    let covered = 0
    for (let world = 0; world < WORLDS; world++) {
      const strata = [
        { exposed: draw(150, 0.85), unexposed: draw(60, 0.75) },
        { exposed: draw(40, 0.5), unexposed: draw(120, 0.4) },
      ]
      const { interval } = stratifiedDifference(strata)!
      if (interval.low <= 0.1 && interval.high >= 0.1) covered++
    }
    expect(covered / WORLDS).toBeGreaterThanOrEqual(0.88)
    expect(covered / WORLDS).toBeLessThanOrEqual(0.92)
  })

  it.each([
    ['trend', 12],
    ['level', 5],
  ])('the effect of an interruption, by %s', (method, size) => {
    const random = createRandom(size)
    let covered = 0
    for (let world = 0; world < WORLDS; world++) {
      const points = Array.from({ length: 2 * size }, (_, index) => {
        const from = addDays('2026-01-05', 7 * index)
        const course = method === 'trend' ? index : 0
        const value = 100 + course + (index >= size ? -10 : 0) + 4 * drawNormal(random)
        return { from, to: addDays(from, 7), value }
      })
      const { interval, method: used } = interruptSeries(points, points[size]!.from)!
      expect(used).toBe(method)
      if (interval.low <= -10 && interval.high >= -10) covered++
    }
    expect(covered / WORLDS).toBeGreaterThanOrEqual(0.88)
    expect(covered / WORLDS).toBeLessThanOrEqual(0.92)
  })
})
