import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeBaseline } from '../../../src/analysis/economics/compute-baseline.ts'
import { computeCompareSegments } from '../../../src/analysis/economics/compute-compare-segments.ts'
import { computeContext } from '../../../src/analysis/economics/compute-context.ts'
import { computeCorrections } from '../../../src/analysis/economics/compute-corrections.ts'
import { computeCostPerResolved } from '../../../src/analysis/economics/compute-cost-per-resolved.ts'
import { computeMarginalUtility } from '../../../src/analysis/economics/compute-marginal-utility.ts'
import { computeMetric } from '../../../src/analysis/economics/compute-metric.ts'
import { computeRetryTail } from '../../../src/analysis/economics/compute-retry-tail.ts'
import { computeRouting } from '../../../src/analysis/economics/compute-routing.ts'
import { computeSpend } from '../../../src/analysis/economics/compute-spend.ts'
import { computeSpread } from '../../../src/analysis/economics/compute-spread.ts'
import { computeWaste } from '../../../src/analysis/economics/compute-waste.ts'
import { computeWhatMattered } from '../../../src/analysis/economics/compute-what-mattered.ts'
import type { EconomicsParameters } from '../../../src/analysis/economics/parameters.ts'
import type { WorkItemFact } from '../../../src/domain/facts.ts'
import type { Report } from '../../../src/domain/finding.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { CLAIMS, makeItem, makeParameters, makeRun, makeUse } from './make-items.ts'
import { idsOf } from './read-report.ts'

type Compute = (items: readonly WorkItemFact[], parameters: EconomicsParameters) => Report

const ANALYSES: [string, Compute][] = [
  ['cost per resolved', computeCostPerResolved],
  ['spend', computeSpend],
  ['retry tail', computeRetryTail],
  ['spread', computeSpread],
  ['corrections', computeCorrections],
  ['baseline', computeBaseline],
  ['waste', computeWaste],
  ['routing', computeRouting],
  ['what mattered', computeWhatMattered],
  ['context', computeContext],
  ['marginal utility', computeMarginalUtility],
  ['compare segments', (items, parameters) => computeCompareSegments(items, parameters, null)],
  ['resolution rate', (items, parameters) => computeMetric(items, parameters, 'resolution_rate')],
  ['tokens per call', (items, parameters) => computeMetric(items, parameters, 'tokens_per_call')],
]

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
