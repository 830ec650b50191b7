import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decomposeDrivers } from '../../../src/analysis/why/decompose-drivers.ts'
import type { SegmentUsage } from '../../../src/analysis/why/drivers.ts'

const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 }))
const money = fc.oneof(fc.constant(0), fc.integer({ min: -5_000_000, max: 2_000_000_000 }))

const usage: fc.Arbitrary<SegmentUsage> = fc
  .record({
    items: count,
    attempts: count,
    calls: count,
    correctionsMicros: money,
    unpricedCalls: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })),
    models: fc.uniqueArray(
      fc.record({
        model: fc.constantFrom('small', 'large', 'other'),
        tokens: fc.integer({ min: 0, max: 10_000_000 }),
        pricedCostMicros: money,
      }),
      { selector: (model) => model.model, maxLength: 3 },
    ),
  })
  .map((usage) => ({
    ...usage,
    tokens: usage.models.reduce((sum, model) => sum + model.tokens, 0),
    pricedCostMicros: usage.models.reduce((sum, model) => sum + model.pricedCostMicros, 0),
  }))

const side = fc.option(usage, { nil: null, freq: 5 })
const segments = fc.array(fc.record({ before: side, after: side }), { maxLength: 6 })
const costOf = (one: SegmentUsage | null) => (one ? one.pricedCostMicros + one.correctionsMicros : 0)
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
  test('contributions equal the change exactly', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(segments, (sides) => {
        const result = decomposeDrivers(sides.map((one, index) => ({ segment: { region: `r${index}` }, ...one })))
        const change = sides.reduce((sum, { before, after }) => sum + costOf(after) - costOf(before), 0)
        const parts = result.contributions.reduce((sum, part) => sum + part.micros, 0)
        expect(result.changeMicros).toBe(change)
        expect(parts + result.unpricedMicros).toBe(change)
        expect(result.contributions.every((part) => Number.isInteger(part.micros))).toBe(true)
        expect(Object.values(result.byDriver).reduce((sum, micros) => sum + micros, 0)).toBe(parts)
      }),
      { numRuns: 10_000 },
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
      { numRuns: 1_000 },
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
