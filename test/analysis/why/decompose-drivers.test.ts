import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decomposeDrivers } from '../../../src/analysis/why/decompose-drivers.ts'
import type { SegmentUsage } from '../../../src/analysis/why/drivers.ts'
import { contributionsEqualChange, costOf, usage } from './contributions-property.ts'

const base: SegmentUsage = {
  items: 100,
  attempts: 120,
  calls: 600,
  tokens: 6_000_000,
  pricedCostMicros: 12_000_000,
  correctionsMicros: 500_000,
}
const explain = (before: SegmentUsage | null, after: SegmentUsage | null) =>
  decomposeDrivers([{ segment: {}, before, after }])

describe('decomposeDrivers', () => {
  test('contributions equal the change exactly', () => {
    fc.assert(contributionsEqualChange, { numRuns: 300 })
  })

  test('the order of the segments makes no difference, not even to equal parts', () => {
    fc.assert(
      fc.property(usage, usage, (one, other) => {
        const segments = [
          { segment: { region: 'a' }, before: one, after: other },
          { segment: { region: 'b' }, before: other, after: one },
          { segment: { region: 'c' }, before: null, after: one },
        ]
        expect(decomposeDrivers(segments.toReversed())).toEqual(decomposeDrivers(segments))
      }),
      { numRuns: 300 },
    )
  })

  test('each segment adds up to its own change', () => {
    fc.assert(
      fc.property(usage, usage, usage, usage, (before, after, otherBefore, otherAfter) => {
        const result = decomposeDrivers([
          { segment: { region: 'a' }, before: { ...before, unpricedCalls: 0 }, after: { ...after, unpricedCalls: 0 } },
          { segment: { region: 'b' }, before: otherBefore, after: otherAfter },
        ])
        const own = result.contributions.filter((part) => part.segment.region === 'a')
        expect(own.reduce((sum, part) => sum + part.micros, 0)).toBe(costOf(after) - costOf(before))
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    ['items', { items: 200, attempts: 240, calls: 1200, tokens: 12_000_000, pricedCostMicros: 24_000_000 }],
    ['attempts', { attempts: 240, calls: 1200, tokens: 12_000_000, pricedCostMicros: 24_000_000 }],
    ['calls', { calls: 1200, tokens: 12_000_000, pricedCostMicros: 24_000_000 }],
    ['tokens', { tokens: 12_000_000, pricedCostMicros: 24_000_000 }],
    ['price', { pricedCostMicros: 24_000_000 }],
  ] as const)('a change of %s alone is all its own', (driver, doubled) => {
    const { contributions } = explain(base, { ...base, ...doubled })
    expect(contributions).toEqual([{ driver, segment: {}, micros: 12_000_000 }])
  })

  test('corrections stand beside the product', () => {
    expect(explain(base, { ...base, correctionsMicros: 700_000 }).contributions).toEqual([
      { driver: 'corrections', segment: {}, micros: 200_000 },
    ])
  })

  test('a segment that appears or vanishes goes to items', () => {
    expect(explain(null, base).byDriver).toMatchObject({ items: 12_000_000, corrections: 500_000, price: 0 })
    expect(explain(base, null).byDriver).toMatchObject({ items: -12_000_000, corrections: -500_000, price: 0 })
  })

  test('a dearer model is named by the tokens that moved to it', () => {
    const models = (large: number) => [
      { model: 'small', tokens: 6_000_000 - large, pricedCostMicros: (6_000_000 - large) * 2 },
      { model: 'large', tokens: large, pricedCostMicros: large * 10 },
    ]
    const before = { ...base, models: models(0) }
    const after = { ...base, pricedCostMicros: 36_000_000, models: models(3_000_000) }
    expect(explain(before, after).contributions).toEqual([
      { driver: 'price', segment: {}, micros: 24_000_000, model: 'large' },
    ])
  })

  test('calls whose price became unknown are kept apart, not taken for fewer calls', () => {
    const half = { ...base, calls: 300, unpricedCalls: 300, tokens: 3_000_000, pricedCostMicros: 6_000_000 }
    const result = explain(base, half)
    expect(result.contributions).toEqual([])
    expect(result.unpricedMicros).toBe(-6_000_000)
    expect(result.unpricedCalls).toEqual({ before: 0, after: 300 })
  })
})
