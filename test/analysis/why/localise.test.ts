import { describe, expect, test } from 'vitest'
import { localise } from '../../../src/analysis/why/localise.ts'
import { simulateOperations } from '../../bench/why-operations.ts'

const dimensions = [
  { name: 'region', values: ['a', 'a', 'b', 'b'] },
  { name: 'model', values: ['s', 'l', 's', 'l'] },
]

describe('localise', () => {
  test('sums with an expectation are leaves', () => {
    const measure = { actual: Float64Array.of(1, 1, 1, 1), expected: Float64Array.of(1, 1, 1, 1) }
    expect(localise({ dimensions, measure })).toEqual({ regime: 'leaves', segments: [], broadFactor: null })
  })

  test('parts of a whole over time are rates', () => {
    const measure = {
      time: Float64Array.of(0, 0, 1, 1),
      part: Float64Array.of(1, 1, 60, 1),
      whole: Float64Array.of(100, 100, 100, 100),
      at: 1,
    }
    const region = { name: 'region', values: ['a', 'b', 'a', 'b'] }
    expect(localise({ dimensions: [region], measure })).toMatchObject({ regime: 'rates', segments: [{ region: 'a' }] })
  })

  test('single items of several weeks are searched through marginal elements', { timeout: 60_000 }, () => {
    const { rows, causes, historyWeeks } = simulateOperations({
      seed: 6,
      itemsPerWeek: 400,
      kind: 'plain',
      plant: { drivers: ['calls'], effect: 1 },
    })
    const names = Object.keys(rows[0]!.dimensions)
    const found = localise({
      dimensions: names.map((name) => ({ name, values: rows.map((row) => row.dimensions[name]!) })),
      measure: {
        week: Int32Array.from(rows, (row) => row.weekIndex),
        historyWeeks,
        value: Float64Array.from(rows, (row) => Math.log(row.calls / row.attempts)),
        seed: 1,
      },
    })
    expect(found).toMatchObject({ regime: 'items', segments: [causes[0]!.segment] })
  })
})
