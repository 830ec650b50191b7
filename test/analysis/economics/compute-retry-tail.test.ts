import fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeRetryTail } from '../../../src/analysis/economics/compute-retry-tail.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { makeCorrection, makeItem, makeParameters, makeRun, makeUse } from './make-items.ts'
import { figureOf, microsOf } from './read-report.ts'

const dollar = () => makeRun({ models: [makeUse({ costMicros: 1_000_000 })] })

it('measures what came after the first attempt, beside what T ÷ p predicts', () => {
  const items = [
    ...Array.from({ length: 7 }, (_, index) => makeItem({ workItemId: `a${index}`, runs: [dollar()] })),
    ...Array.from({ length: 3 }, (_, index) => makeItem({ workItemId: `b${index}`, runs: [dollar(), dollar()] })),
  ]
  const report = computeRetryTail(items, makeParameters({ analysis: 'retry_tail' }))
  expect(figureOf(report, 'first_try')).toBe(0.7)
  expect(figureOf(report, 'cost_per_attempt')).toBe(1)
  // 1 ÷ 0.7; every second attempt worked, so 1.3 is what happened.
  expect(figureOf(report, 'predicted_cost')).toBe(1.428571)
  expect(figureOf(report, 'measured_runs_cost')).toBe(1.3)
  expect(figureOf(report, 'after_first_attempt')).toBe(3)
  expect(figureOf(report, 'attempts_at_least.2')).toBe(0.3)
  expect(report.charts[0]?.series[0]?.values).toEqual([7, 3, 0, 0, 0])
})

it('a corrected item was not resolved at first try', () => {
  const items = [makeItem({ overrides: [makeCorrection()] }), makeItem({ workItemId: 'claim-2' })]
  expect(figureOf(computeRetryTail(items, makeParameters()), 'first_try')).toBe(0.5)
})

it('equals a calculation by hand, and segments add up', () => {
  fc.assert(
    fc.property(arbitraryItems, (items) => {
      const parameters = makeParameters({ analysis: 'retry_tail', groupBy: 'region' })
      let after = 0
      let unpriced = 0
      for (const item of items) {
        const last = item.outcomes.at(-1)
        if (item.workflow !== 'claims' || !last || last.status === 'reopened') continue
        if (last.occurredAt < parameters.bounds.from) continue
        for (const run of item.runs.slice(1)) {
          after += run.modelCostMicros + (run.toolCostMicros ?? 0)
          unpriced += run.unpricedCalls
        }
      }
      const report = computeRetryTail(items, parameters)
      expect(figureOf(report, 'after_first_attempt')).toBe(after === 0 && unpriced > 0 ? null : after / 1_000_000)
      const parts = report.tables[0]!.rows.map((row) => microsOf(row[1]))
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(after)
    }),
  )
})
