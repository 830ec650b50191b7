import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeSpend } from '../../../src/analysis/economics/compute-spend.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { makeCorrection, makeItem, makeParameters, makeRun, makeUse } from './make-items.ts'
import { figureOf } from './read-report.ts'

describe('spend', () => {
  it('counts runs and corrections by the time at which they happened, whatever became of the item', () => {
    const item = makeItem({
      runs: [
        makeRun({ startedAt: new Date('2026-11-05T00:00:00Z'), models: [makeUse({ costMicros: 1_000_000 })] }),
        makeRun({ startedAt: new Date('2026-11-09T00:00:00Z'), models: [makeUse({ costMicros: 2_000_000 })] }),
      ],
      overrides: [makeCorrection({ occurredAt: new Date('2026-11-15T23:59:59Z'), costMicros: 4_000_000 })],
      outcomes: [],
    })
    const report = computeSpend([item], makeParameters({ analysis: 'spend' }))
    expect(figureOf(report, 'spend')).toBe(6)
    expect(figureOf(report, 'spend.before')).toBe(1)
    expect(figureOf(report, 'spend.change')).toBe(5)
    expect(figureOf(report, 'spend.model=(corrections)')).toBe(4)
  })

  it('splits a run between its models', () => {
    const run = makeRun({
      models: [makeUse({ costMicros: 300_000 }), makeUse({ model: 'gpt-4.1-mini', costMicros: 100_000 })],
      toolCostMicros: 50_000,
    })
    const report = computeSpend([makeItem({ runs: [run] })], makeParameters({ analysis: 'spend' }))
    expect(figureOf(report, 'spend.model=gpt-4.1')).toBe(0.3)
    expect(figureOf(report, 'spend.model=gpt-4.1-mini')).toBe(0.1)
    expect(figureOf(report, 'spend.model=(tool fees)')).toBe(0.05)
    const only = computeSpend(
      [makeItem({ runs: [run] })],
      makeParameters({ analysis: 'spend', filters: { model: 'gpt-4.1-mini' } }),
    )
    expect(figureOf(only, 'spend')).toBe(0.1)
  })

  it('is unknown, not 0, where nothing is priced', () => {
    const run = makeRun({ models: [makeUse({ unpricedCalls: 1, costMicros: 0 })] })
    const report = computeSpend([makeItem({ runs: [run] })], makeParameters({ analysis: 'spend' }))
    expect(figureOf(report, 'spend')).toBeNull()
  })

  it('equals a calculation by hand, and every breakdown adds up to it', () => {
    fc.assert(
      fc.property(
        arbitraryItems,
        fc.constantFrom('region', 'model', 'promptVersion', 'day', 'kind'),
        (items, groupBy) => {
          const parameters = makeParameters({ analysis: 'spend', groupBy })
          let micros = 0
          let unknown = 0
          for (const item of items) {
            if (item.workflow !== 'claims') continue
            for (const run of item.runs) {
              if (run.startedAt < parameters.bounds.from) continue
              micros += run.modelCostMicros + (run.toolCostMicros ?? 0)
              unknown += run.unpricedCalls
            }
            for (const one of item.overrides) {
              if (one.occurredAt < parameters.bounds.from) continue
              micros += one.costMicros ?? 0
              unknown += one.costMicros === null ? 1 : 0
            }
          }
          const report = computeSpend(items, parameters)
          expect(figureOf(report, 'spend')).toBe(micros === 0 && unknown > 0 ? null : micros / 1_000_000)
          const rows = report.tables[0]!.rows.map((row) => Math.round(Number(row[1] ?? 0) * 1_000_000))
          expect(rows.reduce((sum, value) => sum + value, 0)).toBe(micros)
          const drawn = report.charts[0]!.series[0]!.values.map((value) => Math.round(Number(value) * 1_000_000))
          expect(drawn.reduce((sum, value) => sum + value, 0)).toBe(micros)
        },
      ),
    )
  })

  it('over all time spends what the items cost', () => {
    fc.assert(
      fc.property(arbitraryItems, (items) => {
        const period = { from: '2026-10-01', to: '2026-12-01' }
        const report = computeSpend(items, makeParameters({ analysis: 'spend', period }))
        const cost = items.filter((item) => item.workflow === 'claims').reduce((sum, item) => sum + item.totalMicros, 0)
        expect(Math.round(Number(figureOf(report, 'spend') ?? 0) * 1_000_000)).toBe(cost)
      }),
    )
  })
})
