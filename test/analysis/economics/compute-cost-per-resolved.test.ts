import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeCostPerResolved } from '../../../src/analysis/economics/compute-cost-per-resolved.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import {
  CLAIMS,
  makeCorrection,
  makeItem,
  makeParameters,
  makeResolved,
  makeRun,
  makeUse,
  WEEK_BEFORE,
} from './make-items.ts'
import { figureOf } from './read-report.ts'

describe('cost per resolved item', () => {
  it('divides the whole cost of what closed by what was resolved', () => {
    const failed = makeItem({
      workItemId: 'claim-3',
      runs: [makeRun(), makeRun({ toolCostMicros: 500_000 })],
      overrides: [makeCorrection()],
      outcomes: [{ status: 'failed', occurredAt: new Date('2026-11-12T00:00:00Z') }],
    })
    const report = computeCostPerResolved(
      [makeResolved('claim-1', 1), makeResolved('claim-2', 2), failed],
      makeParameters(),
    )
    // (1 + 2 + 2 × 0.01 + 0.5 + 8) ÷ 2
    expect(figureOf(report, 'cost_per_resolved')).toBe(5.76)
    expect(figureOf(report, 'closed_items')).toBe(3)
    expect(report.citations[0]).toMatchObject({ id: 'claim-3', url: 'http://docket.test/work-items/claims/claim-3' })
  })

  it('gives the parts and no ratio where nothing was resolved', () => {
    const failed = makeItem({ outcomes: [{ status: 'failed', occurredAt: new Date('2026-11-12T00:00:00Z') }] })
    const report = computeCostPerResolved([failed], makeParameters())
    expect(figureOf(report, 'cost_per_resolved')).toBeNull()
    expect(figureOf(report, 'total_cost')).toBe(0.01)
  })

  it('does not turn an unknown price into 0', () => {
    const use = makeUse({ unpricedCalls: 1, costMicros: 0 })
    const report = computeCostPerResolved([makeItem({ runs: [makeRun({ models: [use] })] })], makeParameters())
    expect(figureOf(report, 'cost_per_resolved')).toBeNull()
    expect(figureOf(report, 'total_cost')).toBeNull()
    expect(figureOf(report, 'caveat.priced_calls')).toBe(0)
  })

  it('counts open items, and restates what was reopened', () => {
    const open = makeItem({ workItemId: 'claim-2', outcomes: [] })
    const reopened = makeItem({
      workItemId: 'claim-3',
      outcomes: [
        { status: 'resolved', occurredAt: new Date('2026-11-10T00:00:00Z') },
        { status: 'reopened', occurredAt: new Date('2026-11-17T00:00:00Z') },
      ],
    })
    const report = computeCostPerResolved([makeResolved('claim-1', 3), open, reopened], makeParameters())
    expect(figureOf(report, 'cost_per_resolved')).toBe(3)
    expect(figureOf(report, 'caveat.open_items')).toBe(2)
    expect(figureOf(report, 'caveat.reopened_items')).toBe(1)
    expect(figureOf(report, 'caveat.complete_through')).toBe('2026-11-15')
  })

  it('names the baseline and what an item saves', () => {
    const workflow = { ...CLAIMS, baseline: { kind: 'bpo' as const, costPerUnit: 4.5 } }
    const report = computeCostPerResolved([makeResolved('claim-1', 2.13)], makeParameters({}, [workflow]))
    expect(figureOf(report, 'baseline')).toBe(4.5)
    expect(figureOf(report, 'saving_per_item')).toBe(2.37)
  })

  it('chooses the dimension that separates cost', () => {
    const items = Array.from({ length: 60 }, (_, index) =>
      makeResolved(`claim-${index}`, (index % 2 ? 6 : 1) + (index % 7) / 10, {
        docs: index % 2 ? 'yes' : 'no',
        colour: index % 3 ? 'red' : 'blue',
      }),
    )
    const report = computeCostPerResolved(items, makeParameters())
    expect(report.tables[0]?.title).toBe('Cost per resolved claim by docs')
    expect(report.tables[0]?.rows[0]?.[0]).toBe('yes')
  })

  it('compares filters as strings', () => {
    const item = makeItem({ attributes: { exceptionDocs: true } })
    const other = makeItem({ workItemId: 'claim-2', attributes: { exceptionDocs: false } })
    const report = computeCostPerResolved([item, other], makeParameters({ filters: { exceptionDocs: 'true' } }))
    expect(report.findings[0]).toMatchObject({ n: 1, segment: { exceptionDocs: 'true' } })
  })
})

describe('whatever the items', () => {
  it('equals a calculation by hand, and its segments add up to it', () => {
    fc.assert(
      fc.property(arbitraryItems, (items) => {
        const parameters = makeParameters({ groupBy: 'region' })
        let micros = 0
        let resolved = 0
        let unknown = 0
        for (const item of items) {
          const last = item.outcomes.at(-1)
          if (item.workflow !== 'claims' || !last || last.status === 'reopened') continue
          if (last.occurredAt < parameters.bounds.from || (item.runs.length === 0 && item.overrides.length === 0))
            continue
          for (const run of item.runs) {
            for (const one of run.models) micros += one.costMicros
            micros += run.toolCostMicros ?? 0
            unknown += run.unpricedCalls
          }
          for (const one of item.overrides) {
            micros += one.costMicros ?? 0
            unknown += one.costMicros === null ? 1 : 0
          }
          if (last.status === 'resolved') resolved++
        }
        const report = computeCostPerResolved(items, parameters)
        const isUnknown = micros === 0 && unknown > 0
        const expected = resolved === 0 || isUnknown ? null : Math.round(micros / resolved) / 1_000_000
        expect(figureOf(report, 'cost_per_resolved')).toBe(expected)
        const costs = report.tables[0]!.rows.map((row) => Math.round(Number(row[6] ?? 0) * 1_000_000))
        expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(micros)
      }),
    )
  })

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(arbitraryItems, fc.integer(), (items, seed) => {
        const shuffled = [...items].sort((a, b) => hash(a.workItemId, seed) - hash(b.workItemId, seed))
        const parameters = makeParameters({ groupBy: 'region' })
        const [report, other] = [
          computeCostPerResolved(items, parameters),
          computeCostPerResolved(shuffled, parameters),
        ]
        expect(other.tables).toEqual(report.tables)
        expect(other.citations).toEqual(report.citations)
        expect(other.findings.map(({ interval: _, ...rest }) => rest)).toEqual(
          report.findings.map(({ interval: _, ...rest }) => rest),
        )
      }),
    )
  })

  it('gives every finding an id of its own, and the comparison its own period', () => {
    fc.assert(
      fc.property(arbitraryItems, (items) => {
        const report = computeCostPerResolved(items, makeParameters({ groupBy: 'promptVersion' }))
        const ids = [...report.findings, ...report.caveats].map((finding) => finding.id)
        expect(new Set(ids).size).toBe(ids.length)
        const before = report.findings.find((finding) => finding.id === 'cost_per_resolved.before')
        if (before) expect(before.period).toEqual(WEEK_BEFORE)
      }),
    )
  })
})

function hash(text: string, seed: number): number {
  let value = seed
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193)
  return value
}
