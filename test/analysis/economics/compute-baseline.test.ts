import fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeBaseline } from '../../../src/analysis/economics/compute-baseline.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { CLAIMS, makeParameters, makeResolved } from './make-items.ts'
import { figureOf, microsOf } from './read-report.ts'

const OUTSOURCED = { ...CLAIMS, baseline: { kind: 'bpo' as const, costPerUnit: 4.5 } }

it('names the segment that loses while the average wins', () => {
  const items = Array.from({ length: 100 }, (_, index) => {
    const hasDocuments = index % 5 === 0
    return makeResolved(`claim-${index}`, (hasDocuments ? 6 : 1) + (index % 7) / 10, {
      docs: hasDocuments ? 'yes' : 'no',
    })
  })
  const report = computeBaseline(items, makeParameters({ analysis: 'baseline' }, [OUTSOURCED]))
  expect(Number(figureOf(report, 'saving_per_item'))).toBeGreaterThan(2)
  expect(Number(figureOf(report, 'losing.docs=yes'))).toBeGreaterThan(0)
  expect(Number(figureOf(report, 'cost_per_resolved.without_losing'))).toBeLessThan(2)
  expect(report.citations).toHaveLength(1)
})

it('prices people by their minutes, and says where nothing is set', () => {
  const labour = { ...CLAIMS, baseline: { kind: 'labour' as const, minutesPerUnit: 12, hourlyRate: 48 } }
  const items = [makeResolved('claim-1', 1)]
  expect(figureOf(computeBaseline(items, makeParameters({}, [labour])), 'baseline')).toBe(9.6)
  expect(figureOf(computeBaseline(items, makeParameters()), 'baseline')).toBe('not_enough_data')
})

it('saves in its segments what it saves in all', () => {
  fc.assert(
    fc.property(arbitraryItems, (items) => {
      const report = computeBaseline(items, makeParameters({ groupBy: 'region' }, [OUTSOURCED]))
      const saving = figureOf(report, 'saving')
      const parts = report.tables[0]!.rows.map((row) => row[3])
      if (saving === null || parts.includes(null)) return
      expect(parts.reduce<number>((sum, part) => sum + microsOf(part), 0)).toBe(microsOf(saving))
    }),
  )
})
