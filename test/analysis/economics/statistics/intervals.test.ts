import { describe, expect, it } from 'vitest'
import { differenceInterval } from '../../../../src/analysis/economics/statistics/difference-interval.ts'
import { newcombeInterval } from '../../../../src/analysis/economics/statistics/newcombe-interval.ts'
import { percentile } from '../../../../src/analysis/economics/statistics/percentile.ts'
import { ratioInterval } from '../../../../src/analysis/economics/statistics/ratio-interval.ts'
import { studentQuantile } from '../../../../src/analysis/economics/statistics/student-quantile.ts'
import { wilsonInterval } from '../../../../src/analysis/economics/statistics/wilson-interval.ts'
import { createRandom, drawNormal } from '../../../../src/analysis/why/seeded-random.ts'

const WORLDS = 1000

describe('published values', () => {
  it('Wilson: 81 of 263, 95 % (Newcombe 1998, table I)', () => {
    const interval = wilsonInterval(81, 263, 0.95)!
    expect(interval.low).toBeCloseTo(0.2553, 4)
    expect(interval.high).toBeCloseTo(0.3662, 4)
  })

  it('Newcombe: 56/70 − 48/80, 95 % (Newcombe 1998, table II, method 10)', () => {
    const interval = newcombeInterval({ successes: 56, total: 70 }, { successes: 48, total: 80 }, 0.95)!
    expect(interval.low).toBeCloseTo(0.0524, 4)
    expect(interval.high).toBeCloseTo(0.3339, 4)
  })

  it('Student: 90 % with 19 and with 9 degrees of freedom', () => {
    expect(studentQuantile(0.9, 19)).toBeCloseTo(1.7291, 3)
    expect(studentQuantile(0.9, 9)).toBeCloseTo(1.8331, 3)
  })

  it('percentiles are linear between neighbours', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBeCloseTo(9.1)
    expect(percentile([], 0.5)).toBeNull()
  })
})

/** Items whose cost is lognormal and 1.8 times as dear where they fail; the true cost per resolved item is known. */
function drawItems(random: () => number, size: number, spread: number, resolution: number) {
  return Array.from({ length: size }, () => {
    const isResolved = random() < resolution
    return {
      numerator: Math.exp(spread * drawNormal(random)) * (isResolved ? 1 : 1.8),
      denominator: isResolved ? 1 : 0,
    }
  })
}

function trueRatio(spread: number, resolution: number): number {
  return (Math.exp((spread * spread) / 2) * (resolution + 1.8 * (1 - resolution))) / resolution
}

const sumOf = (parts: { numerator: number; denominator: number }[]) =>
  parts.reduce((sum, part) => sum + part.numerator, 0) / parts.reduce((sum, part) => sum + part.denominator, 0)

describe('stated 90 % intervals cover in 88–92 % of 1,000 simulated worlds', () => {
  it.each([
    [50, 0.5, 0.42],
    [100, 0.8, 0.85],
    [300, 0.6, 0.8],
    [1000, 1, 0.9],
  ])('cost per resolved item over %i items, spread %f, resolution %f', (size, spread, resolution) => {
    const random = createRandom(size)
    let covered = 0
    for (let world = 0; world < WORLDS; world++) {
      const interval = ratioInterval(drawItems(random, size, spread, resolution), 0.9)!
      const truth = trueRatio(spread, resolution)
      if (interval.low <= truth && truth <= interval.high) covered++
    }
    expect(covered / WORLDS).toBeGreaterThanOrEqual(0.88)
    expect(covered / WORLDS).toBeLessThanOrEqual(0.92)
  })

  it.each([
    [100, 0.8],
    [400, 0.6],
  ])('its change between two weeks of %i items, spread %f', (size, spread) => {
    const random = createRandom(size + 1)
    let covered = 0
    for (let world = 0; world < WORLDS; world++) {
      const [now, old] = [drawItems(random, size, spread, 0.75), drawItems(random, size, spread, 0.9)]
      const interval = differenceInterval(
        { value: sumOf(now), interval: ratioInterval(now, 0.9)! },
        { value: sumOf(old), interval: ratioInterval(old, 0.9)! },
      )
      const truth = trueRatio(spread, 0.75) - trueRatio(spread, 0.9)
      if (interval.low <= truth && truth <= interval.high) covered++
    }
    expect(covered / WORLDS).toBeGreaterThanOrEqual(0.88)
    expect(covered / WORLDS).toBeLessThanOrEqual(0.92)
  })

  it('gives none below 20 items, of too few resolved, or where all are alike', () => {
    const parts = (size: number, resolved: number) =>
      Array.from({ length: size }, (_, index) => ({ numerator: 1 + index, denominator: index < resolved ? 1 : 0 }))
    expect(ratioInterval(parts(19, 19), 0.9)).toBeNull()
    expect(ratioInterval(parts(40, 4), 0.9)).toBeNull()
    expect(ratioInterval(parts(40, 20), 0.9)).not.toBeNull()
    expect(ratioInterval(Array(40).fill({ numerator: 1, denominator: 1 }), 0.9)).toBeNull()
  })
})
