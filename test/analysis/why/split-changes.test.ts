import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shareTotal } from '../../../src/analysis/why/share-total.ts'
import { splitMixAndRate } from '../../../src/analysis/why/split-mix-and-rate.ts'
import { splitRatioChange } from '../../../src/analysis/why/split-ratio-change.ts'

const number = fc.double({ min: 0.01, max: 1e6, noNaN: true })

describe('splitRatioChange', () => {
  test('the parts add up to the change', () => {
    fc.assert(
      fc.property(number, number, number, number, (c0, d0, c1, d1) => {
        const split = splitRatioChange({ numerator: c0, denominator: d0 }, { numerator: c1, denominator: d1 })!
        const scale = Math.max(split.before, split.after, Math.abs(split.fromNumerator))
        expect(Math.abs(split.fromNumerator + split.fromDenominator - split.change) / scale).toBeLessThan(1e-6)
      }),
    )
  })

  test('fewer resolved items at the same cost is all denominator', () => {
    const split = splitRatioChange({ numerator: 100, denominator: 50 }, { numerator: 100, denominator: 40 })!
    expect(split).toMatchObject({ before: 2, after: 2.5, fromNumerator: 0 })
    expect(split.fromDenominator).toBeCloseTo(0.5, 12)
  })

  test('no resolved item, no ratio', () => {
    expect(splitRatioChange({ numerator: 1, denominator: 1 }, { numerator: 1, denominator: 0 })).toBeNull()
  })
})

describe('splitMixAndRate', () => {
  test('mix and rate add up to the change of the mean, with groups that appear or vanish', () => {
    const weight = fc.integer({ min: 0, max: 100 })
    const group = fc
      .record({ weightBefore: weight, weightAfter: weight, rateBefore: number, rateAfter: number })
      .map(({ weightBefore, weightAfter, rateBefore, rateAfter }) => ({
        weightBefore,
        weightAfter,
        totalBefore: weightBefore * rateBefore,
        totalAfter: weightAfter * rateAfter,
      }))
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 6 }), (groups) => {
        const split = splitMixAndRate(groups)
        if (!split) return
        expect(Math.abs(split.mix + split.rate - split.change)).toBeLessThan(1e-6)
      }),
    )
  })

  test('a shift to the dearer group is mix alone', () => {
    const split = splitMixAndRate([
      { weightBefore: 50, totalBefore: 50, weightAfter: 20, totalAfter: 20 },
      { weightBefore: 50, totalBefore: 150, weightAfter: 80, totalAfter: 240 },
    ])!
    expect(split.rate).toBe(0)
    expect(split.mix).toBeCloseTo(0.6, 12)
  })

  test('nothing on one side is no answer', () => {
    expect(splitMixAndRate([{ weightBefore: 0, totalBefore: 0, weightAfter: 1, totalAfter: 1 }])).toBeNull()
  })
})

describe('shareTotal', () => {
  test('adds up to the total, each part within one where the parts did', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (parts) => {
        const total = Math.round(parts.reduce((sum, part) => sum + part, 0)) + 0
        const rounded = shareTotal(parts, total)
        expect(rounded.reduce((sum, part) => sum + part, 0)).toBe(total)
        expect(rounded.every((part, index) => Math.abs(part - parts[index]!) <= 1.001)).toBe(true)
      }),
    )
  })

  test('nothing cannot be shared', () => {
    expect(shareTotal([], 0)).toEqual([])
    expect(() => shareTotal([], 1)).toThrow('no parts')
  })
})
