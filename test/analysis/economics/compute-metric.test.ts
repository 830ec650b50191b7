import { expect, it } from 'vitest'
import { computeMetric } from '../../../src/analysis/economics/compute-metric.ts'
import { makeCorrection, makeItem, makeParameters, makeRun, makeUse } from './make-items.ts'
import { figureOf, findingOf, idsOf } from './read-report.ts'

const run = () => makeRun({ models: [makeUse({ calls: 2, inputTokens: 3000, outputTokens: 1000 })] })
const at = (status: 'resolved' | 'failed', day: string) => [{ status, occurredAt: new Date(`${day}T12:00:00Z`) }]

const ITEMS = [
  makeItem({ workItemId: 'a', runs: [run(), run()], attributes: { region: 'TX' }, overrides: [makeCorrection()] }),
  makeItem({ workItemId: 'b', runs: [run()], attributes: { region: 'CA' }, outcomes: at('failed', '2026-11-12') }),
  makeItem({ workItemId: 'c', runs: [run()], attributes: { region: 'CA' } }),
  makeItem({ workItemId: 'd', runs: [run()], attributes: { region: 'CA' } }),
  makeItem({ workItemId: 'e', runs: [run()], outcomes: at('resolved', '2026-11-04') }),
]

it.each([
  ['resolution_rate', 0.75, 'share', 4],
  ['attempts', 1.25, 'ratio', 4],
  ['tokens_per_call', 2000, 'tokens', 10],
  ['override_rate', 0.25, 'share', 4],
] as const)('%s is %f', (metric, value, unit, n) => {
  const report = computeMetric(ITEMS, makeParameters({ metric, groupBy: 'region' }), metric)
  expect(findingOf(report, metric)).toMatchObject({ value, unit, n })
  expect(findingOf(report, `${metric}.before`).n).toBe(metric === 'tokens_per_call' ? 2 : 1)
  expect(report.tables[0]?.rows.map((row) => row[0])).toEqual(['CA', 'TX'])
})

it('gives the change with an interval', () => {
  const report = computeMetric(ITEMS, makeParameters(), 'resolution_rate')
  const { value, interval, comparedWith } = findingOf(report, 'resolution_rate.change')
  expect(value).toBe(-0.25)
  expect(interval!.low).toBeLessThan(-0.25)
  expect(comparedWith).toEqual({ from: '2026-11-02', to: '2026-11-09' })
})

it('names a dimension that no item has, and items that are not there', () => {
  const unknown = computeMetric(ITEMS, makeParameters({ groupBy: 'colour' }), 'attempts')
  expect(findingOf(unknown, 'caveat.unknown_dimension').label).toBe('No item has "colour"; they have region')
  const none = computeMetric(ITEMS, makeParameters({ filters: { region: 'NY' } }), 'attempts')
  expect(figureOf(none, 'caveat.no_items')).toBe('not_enough_data')
  expect(figureOf(none, 'attempts')).toBeNull()
  expect(idsOf(none)).not.toContain('attempts.change')
})
