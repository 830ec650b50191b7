import { expect, it } from 'vitest'
import { computeMarginalUtility } from '../../../src/analysis/economics/compute-marginal-utility.ts'
import { CLAIMS, makeItem, makeParameters, makeRun, makeUse } from './make-items.ts'
import { figureOf, findingOf } from './read-report.ts'

const REVENUE = { ...CLAIMS, baseline: { kind: 'revenue' as const, valuePerUnit: 4 } }
const run = () => makeRun({ models: [makeUse({ costMicros: 1_000_000 })] })

/** 60 resolved by their first attempt, 20 by their second, 20 never. */
const ITEMS = Array.from({ length: 100 }, (_, index) =>
  makeItem({
    workItemId: `claim-${index}`,
    runs: index < 60 ? [run()] : [run(), run()],
    outcomes: [{ status: index < 80 ? 'resolved' : 'failed', occurredAt: new Date('2026-11-11T12:00:00Z') }],
  }),
)

it('values each attempt by what it resolved of the items that came to it', () => {
  const report = computeMarginalUtility(ITEMS, makeParameters({ analysis: 'marginal_utility' }, [REVENUE]))
  expect(figureOf(report, 'unit_value')).toBe(4)
  // 60 of 100 × $4 ÷ $1, then 20 of 40.
  expect(figureOf(report, 'marginal_utility.attempt.1')).toBeCloseTo(2.4)
  expect(figureOf(report, 'marginal_utility.attempt.2')).toBe(2)
  const { interval, n } = findingOf(report, 'marginal_utility.attempt.2')
  expect(n).toBe(40)
  expect(interval!.low).toBeLessThan(2)
  expect(interval!.high).toBeGreaterThan(2)
})

it('draws the value–spend curve up to all spend and all value', () => {
  const [chart] = computeMarginalUtility(ITEMS, makeParameters({}, [REVENUE])).charts
  expect(chart!.series[0]!.values.at(-1)).toBe(140)
  expect(chart!.series[1]!.values.at(-1)).toBe(320)
})

it('says that the value is not known, and still what an extra resolved item costs', () => {
  const report = computeMarginalUtility(ITEMS, makeParameters())
  expect(figureOf(report, 'unit_value')).toBe('not_enough_data')
  expect(figureOf(report, 'marginal_cost.attempt.2')).toBe(2)
  expect(report.tables[0]?.rows[1]?.[3]).toBe(2)
})

it('takes the values that outcomes gave before those of the baseline', () => {
  const valued = ITEMS.map((item) => ({ ...item, valueMicros: 10_000_000 }))
  expect(figureOf(computeMarginalUtility(valued, makeParameters({}, [REVENUE])), 'unit_value')).toBe(10)
})
