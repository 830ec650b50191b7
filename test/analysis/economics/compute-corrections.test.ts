import fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeCorrections } from '../../../src/analysis/economics/compute-corrections.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { makeCorrection, makeItem, makeParameters } from './make-items.ts'
import { figureOf } from './read-report.ts'

it('says who corrects what, by which rule, how long', () => {
  const items = [
    makeItem({
      overrides: [makeCorrection(), makeCorrection({ id: 'o-2', minutes: null, costMicros: null, rule: null })],
    }),
    makeItem({ workItemId: 'claim-2', overrides: [makeCorrection({ id: 'o-3', actor: 'bob', minutes: 20 })] }),
    makeItem({ workItemId: 'claim-3' }),
  ]
  const report = computeCorrections(items, makeParameters({ analysis: 'corrections' }))
  expect(figureOf(report, 'corrections')).toBe(3)
  expect(figureOf(report, 'corrections.cost')).toBe(16)
  expect(figureOf(report, 'corrections.minutes_each')).toBe(15)
  expect(figureOf(report, 'corrections.rule=HR-12')).toBe(2)
  expect(figureOf(report, 'corrections.actor=bob')).toBe(1)
  expect(Number(figureOf(report, 'override_rate'))).toBeCloseTo(2 / 3)
  expect(figureOf(report, 'caveat.unpriced_corrections')).toBe(1)
  expect(report.citations[0]?.kind).toBe('override')
})

it('does not say that corrections without minutes cost nothing', () => {
  const items = [makeItem({ overrides: [makeCorrection({ minutes: null, costMicros: null })] })]
  expect(figureOf(computeCorrections(items, makeParameters()), 'corrections.cost')).toBeNull()
})

it('counts every correction in one group', () => {
  fc.assert(
    fc.property(
      arbitraryItems,
      fc.constantFrom('rule', 'actor', 'region', 'promptVersion', 'day'),
      (items, groupBy) => {
        const report = computeCorrections(items, makeParameters({ groupBy }))
        const counts = (report.tables[0]?.rows ?? []).map((row) => Number(row[1]))
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(figureOf(report, 'corrections'))
      },
    ),
  )
})
