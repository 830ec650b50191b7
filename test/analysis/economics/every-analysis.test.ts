import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/domain/finding.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { ANALYSES } from './economics-analyses.ts'
import { CLAIMS, makeItem, makeParameters, makeRun, makeUse } from './make-items.ts'
import { idsOf } from './read-report.ts'

const WORKFLOWS = [
  { ...CLAIMS, baseline: { kind: 'bpo' as const, costPerUnit: 4.5 } },
  { name: 'tickets', unit: 'ticket' },
]

const parametersOf = fc
  .record({
    groupBy: fc.constantFrom(undefined, 'region', 'model', 'promptVersion', 'workflow', 'week', 'nothing-like-it'),
    workflow: fc.constantFrom('claims', undefined),
    filters: fc.constantFrom(undefined, { region: 'TX' }, { model: 'gpt-4.1' }, { region: 'nowhere' }),
  })
  .map((plan) => {
    const given = Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined))
    const parameters = makeParameters(given, WORKFLOWS)
    return plan.workflow === undefined ? { ...parameters, workflow: null } : parameters
  })

/** Sums of real numbers may differ in their last bit with the order; dollars and counts may not differ at all. */
function roughly(report: Report) {
  return JSON.parse(
    JSON.stringify(report, (_key, value: unknown) =>
      typeof value === 'number' ? Number(value.toPrecision(9)) : value,
    ),
  ) as Report
}

describe.each(ANALYSES)('%s', (_name, compute) => {
  it('answers whatever was asked of whatever items, with ids of their own and figures that are numbers', () => {
    fc.assert(
      fc.property(arbitraryItems, parametersOf, (items, parameters) => {
        const report = compute(items, parameters)
        expect(new Set(idsOf(report)).size).toBe(idsOf(report).length)
        expect(report.findings.length).toBeGreaterThanOrEqual(0)
        for (const { value, interval, share } of [...report.findings, ...report.caveats]) {
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
          if (interval) expect(interval.low).toBeLessThanOrEqual(interval.high)
          if (share !== undefined) expect(share >= 0 && share <= 1).toBe(true)
        }
        for (const table of report.tables) {
          expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(arbitraryItems, parametersOf, fc.integer({ min: 1, max: 39 }), (items, parameters, turn) => {
        const turned = [...items.slice(turn), ...items.slice(0, turn)].reverse()
        expect(roughly(compute(turned, parameters))).toEqual(roughly(compute(items, parameters)))
      }),
      { numRuns: 60 },
    )
  })

  it('says nothing in dollars of items whose every price is unknown, least of all 0', () => {
    const items = Array.from({ length: 40 }, (_, index) =>
      makeItem({
        workItemId: `claim-${index}`,
        runs: [makeRun({ models: [makeUse({ unpricedCalls: 1, costMicros: 0 })] })],
      }),
    )
    const parameters = makeParameters({}, WORKFLOWS)
    const ofBaseline = /^(baseline|unit_value)$/
    const dollars = compute(items, parameters).findings.filter(
      (finding) => finding.unit === 'usd' && !ofBaseline.test(finding.id) && finding.value !== null,
    )
    expect(dollars.filter((finding) => !/^(after_first_attempt|corrections\.cost)/.test(finding.id))).toEqual([])
  })
})
