import assert from 'node:assert/strict'
import fc from 'fast-check'
import { decomposeDrivers } from '../../../src/analysis/why/decompose-drivers.ts'
import type { SegmentUsage } from '../../../src/analysis/why/drivers.ts'

const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 }))
const money = fc.oneof(fc.constant(0), fc.integer({ min: -5_000_000, max: 2_000_000_000 }))

/** Usage of one segment, of any size and sign of money, with and without models and calls of unknown price. */
export const usage: fc.Arbitrary<SegmentUsage> = fc
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

/** Known money of one side, in integer micro-dollars. */
export function costOf(one: SegmentUsage | null): number {
  return one ? one.pricedCostMicros + one.correctionsMicros : 0
}

/**
 * Contributions are whole micro-dollars and equal the change exactly, with segments that appear or vanish, zeros, negative
 * adjustments and calls of unknown price among them.
 */
export const contributionsEqualChange = fc.property(segments, (sides) => {
  const result = decomposeDrivers(sides.map((one, index) => ({ segment: { region: `r${index}` }, ...one })))
  const change = sides.reduce((sum, { before, after }) => sum + costOf(after) - costOf(before), 0)
  const parts = result.contributions.reduce((sum, part) => sum + part.micros, 0)
  assert.equal(result.changeMicros, change)
  assert.equal(parts + result.unpricedMicros, change)
  assert.ok(result.contributions.every((part) => Number.isInteger(part.micros)))
  assert.equal(
    Object.values(result.byDriver).reduce((sum, micros) => sum + micros, 0),
    parts,
  )
})
