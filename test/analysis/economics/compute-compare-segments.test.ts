import fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeCompareSegments } from '../../../src/analysis/economics/compute-compare-segments.ts'
import type { Report } from '../../../src/domain/finding.ts'
import { tableBlock } from '../../../src/narration/blocks/table-block.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { makeItem, makeParameters, makeRun, makeUse } from './make-items.ts'
import { figureOf, findingOf, microsOf } from './read-report.ts'

const contributionsOf = (report: Report) => report.findings.filter((finding) => finding.kind === 'contribution')

function claim(id: string, region: string, attempts: number) {
  const run = () => makeRun({ models: [makeUse({ costMicros: 1_000_000 })] })
  return makeItem({ workItemId: id, attributes: { region }, runs: Array.from({ length: attempts }, run) })
}

it('lays the whole difference on attempts where only those differ', () => {
  const items = [claim('a', 'TX', 3), claim('b', 'CA', 1)]
  const parameters = makeParameters({ groupBy: 'region', filters: { region: 'TX' } })
  const report = computeCompareSegments(items, parameters, 'CA')
  expect(figureOf(report, 'difference')).toBe(2)
  expect(contributionsOf(report)).toHaveLength(1)
  expect(contributionsOf(report)[0]).toMatchObject({
    driver: 'attempts',
    value: 2,
    share: 1,
    segment: { region: 'TX' },
  })
})

it('writes every figure of its table in its own unit', () => {
  const items = [claim('a', 'TX', 3), claim('b', 'CA', 1)]
  const parameters = makeParameters({ groupBy: 'region', filters: { region: 'TX' } })
  const [table] = computeCompareSegments(items, parameters, 'CA').tables
  const { rows } = tableBlock(table!) as unknown as { rows: { text: string }[][] }
  const texts = rows.map((row) => row.map((cell) => cell.text))
  expect(texts).toContainEqual(['Share resolved', '100 %', '100 %'])
  expect(texts).toContainEqual(['Attempts per item', '3', '1'])
  expect(texts).toContainEqual(['Corrections per item', '$0.00', '$0.00'])
})

it('takes both sides from one filter, the rest for a missing side, the extremes for none', () => {
  const items = ['TX', 'CA', 'NY'].flatMap((region, place) =>
    Array.from({ length: 5 }, (_, index) => claim(`${region}-${index}`, region, 3 - place)),
  )
  const ask = (filters: Record<string, string>) =>
    computeCompareSegments(items, makeParameters({ groupBy: 'region', filters }), null)
  expect(figureOf(ask({ region: 'TX vs CA' }), 'difference')).toBe(1)
  expect(figureOf(ask({ region: 'tx' }), 'difference')).toBe(1.5)
  expect(figureOf(ask({}), 'difference')).toBe(2)
  expect(findingOf(ask({}), 'unit_cost.first').segment).toEqual({ region: 'TX' })
})

it('compares weekends with weekdays by the day on which items closed, in the workflow’s zone', () => {
  const closed = (id: string, attempts: number, at: string) =>
    makeItem({ ...claim(id, 'TX', attempts), outcomes: [{ status: 'resolved', occurredAt: new Date(at) }] })
  // 14 November 2026 is a Saturday; 02:00 UTC on the 14th is still Friday in New York.
  const items = [
    closed('a', 3, '2026-11-14T12:00:00Z'),
    closed('b', 1, '2026-11-12T12:00:00Z'),
    closed('c', 1, '2026-11-14T02:00:00Z'),
  ]
  const asked = { groupBy: 'dayKind', filters: { dayKind: 'weekends' } }
  const report = (timeZone: string) => computeCompareSegments(items, { ...makeParameters(asked), timeZone }, 'weekdays')
  expect(findingOf(report('America/New_York'), 'unit_cost.first')).toMatchObject({ value: 3, n: 1 })
  expect(findingOf(report('America/New_York'), 'unit_cost.second')).toMatchObject({ value: 1, n: 2 })
  expect(findingOf(report('UTC'), 'unit_cost.first')).toMatchObject({ value: 2, n: 2 })
})

it('says so where there is nothing to compare', () => {
  const report = computeCompareSegments([claim('a', 'TX', 1)], makeParameters({ groupBy: 'region' }), null)
  expect(figureOf(report, 'verdict')).toBe('not_enough_data')
})

it('adds up to the difference, to the micro-dollar', () => {
  fc.assert(
    fc.property(arbitraryItems, fc.constantFrom('region', 'promptVersion', 'model', null), (items, groupBy) => {
      const report = computeCompareSegments(items, makeParameters(groupBy ? { groupBy } : {}), null)
      const difference = report.findings.find((finding) => finding.id === 'difference')
      if (!difference) return
      const parts = contributionsOf(report).map((finding) => microsOf(finding.value))
      const sides = ['first', 'second'].map((name) => microsOf(figureOf(report, `unit_cost.${name}`)))
      expect(microsOf(difference.value)).toBe(sides[0]! - sides[1]!)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(microsOf(difference.value))
    }),
    { numRuns: 300 },
  )
})
