import { expect, it } from 'vitest'
import { wholeSpread } from './economics-analyses.ts'
import { makeItem, makeParameters, makeResolved, makeRun, makeUse } from './make-items.ts'
import { figureOf, idsOf } from './read-report.ts'

it('measures percentiles and extremes of fully priced items', () => {
  const items = Array.from({ length: 11 }, (_, index) => makeResolved(`claim-${index}`, index + 1))
  const unpriced = makeItem({
    workItemId: 'claim-x',
    runs: [makeRun({ models: [makeUse({ calls: 2, unpricedCalls: 1, costMicros: 1 })] })],
  })
  const report = wholeSpread([...items, unpriced], makeParameters({ analysis: 'spread' }))
  expect(figureOf(report, 'spread.p90_p10')).toBe(5)
  expect(figureOf(report, 'spread.max_min')).toBe(11)
  expect(figureOf(report, 'caveat.not_fully_priced')).toBe(1)
  expect(report.citations.map((citation) => citation.id)).toEqual(['claim-10', 'claim-0'])
  expect(idsOf(report)).not.toContain('same_input.max')
})

it('compares runs of the same input, also where the other run closed before the period', () => {
  const early = makeItem({
    workItemId: 'a-0',
    attributes: { request: 7 },
    runs: [makeRun({ models: [makeUse({ costMicros: 500_000 })] })],
    outcomes: [{ status: 'resolved', occurredAt: new Date('2026-10-01T00:00:00Z') }],
  })
  const steps = [
    { name: 'search', kind: 'llm', model: 'gpt-4.1', calls: 9, failed: 0, inputTokens: 900, costMicros: 1 },
  ]
  const late = makeItem({
    workItemId: 'a-1',
    attributes: { request: 7 },
    runs: [makeRun({ models: [makeUse({ costMicros: 2_000_000 })], steps })],
  })
  const report = wholeSpread([early, late, makeResolved('b', 9, { request: '8' })], makeParameters())
  expect(figureOf(report, 'same_input.max')).toBe(4)
  expect(figureOf(report, 'same_input.inputs')).toBe(1)
  expect(figureOf(report, 'spread.max_min')).toBe(4.5)
  expect(report.tables[0]?.rows[0]).toEqual(['search', 9, 900, 0.000001, 0, null, null])
})
