import fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeExplanation } from '../../../src/analysis/explain-change/compute-explanation.ts'
import { changeEventFindings, overrideFindings } from '../../../src/analysis/explain-change/event-findings.ts'
import { explanationCharts } from '../../../src/analysis/explain-change/explanation-charts.ts'
import { explanationFindings } from '../../../src/analysis/explain-change/explanation-findings.ts'
import { namedSegments } from '../../../src/analysis/explain-change/named-segments.ts'
import { createRandom } from '../../../src/analysis/why/seeded-random.ts'
import type { ChangeEvent } from '../../../src/domain/change-event.ts'
import type { WorkItemFact } from '../../../src/domain/facts.ts'
import type { Finding } from '../../../src/domain/finding.ts'
import { fromDollars } from '../../../src/domain/money.ts'
import { addDays } from '../../../src/domain/period.ts'
import { arbitraryItems } from '../economics/arbitrary-items.ts'
import {
  makeCorrection,
  makeItem,
  makeParameters,
  makeRun,
  makeUse,
  WEEK,
  WEEK_BEFORE,
} from '../economics/make-items.ts'

const parameters = makeParameters({ analysis: 'explain_change', period: WEEK, comparison: WEEK_BEFORE })
const unitCost = makeParameters({
  analysis: 'explain_change',
  metric: 'cost_per_resolved',
  period: WEEK,
  comparison: WEEK_BEFORE,
})
const micros = (finding: Finding | undefined) => fromDollars(Number(finding?.value))
const byId = (findings: Finding[], id: string) => findings.find((finding) => finding.id === id)
const sumOfParts = (findings: Finding[]) =>
  findings.filter((finding) => finding.kind === 'contribution').reduce((sum, finding) => sum + micros(finding), 0)

it('has contributions that add up to the change exactly, whatever the items are', () => {
  fc.assert(
    fc.property(arbitraryItems, (items) => {
      const findings = explanationFindings(computeExplanation(items, [], parameters, '2026-11-02'), parameters)
      const change = micros(byId(findings, 'spend')) - micros(byId(findings, 'spend.before'))
      expect(micros(byId(findings, 'spend.change'))).toBe(change)
      expect(sumOfParts(findings)).toBe(change)
      for (const part of findings) if (part.kind === 'contribution') expect(part.segment).toBeTypeOf('object')
    }),
    { numRuns: 300 },
  )
})

it('has contributions to the cost of a resolved item that add up to its change exactly', () => {
  fc.assert(
    fc.property(arbitraryItems, (items) => {
      const findings = explanationFindings(computeExplanation(items, [], unitCost, '2026-11-02'), unitCost)
      const now = byId(findings, 'cost_per_resolved')
      if (!now) {
        expect(byId(findings, 'resolved_items')).toBeDefined()
        return
      }
      const change = micros(now) - micros(byId(findings, 'cost_per_resolved.before'))
      expect(sumOfParts(findings)).toBe(change)
    }),
    { numRuns: 300 },
  )
})

it('does not depend on the order of the items', () => {
  fc.assert(
    fc.property(arbitraryItems, (items) => {
      const say = (some: WorkItemFact[]) =>
        explanationFindings(computeExplanation(some, [], parameters, '2026-11-02'), parameters).map(
          ({ value }) => value,
        )
      expect(say([...items].reverse())).toEqual(say(items))
    }),
    { numRuns: 50 },
  )
})

/** Nine weeks of 200 items; in the last week the retries of home items in TX are multiplied. */
function weeksOfWork(retriesNow: number): WorkItemFact[] {
  const random = createRandom(7)
  const items: WorkItemFact[] = []
  for (let week = -8; week <= 0; week++) {
    for (let index = 0; index < 200; index++) {
      const attributes = {
        policyType: random() < 0.4 ? 'home' : 'auto',
        region: ['TX', 'FL', 'CO'][Math.floor(random() * 3)]!,
      }
      const isStruck = week === 0 && attributes.policyType === 'home' && attributes.region === 'TX'
      const attempts = random() < 0.1 ? 2 : isStruck ? retriesNow : 1
      const day = addDays(WEEK.from, 7 * week + (index % 5))
      const startedAt = new Date(`${day}T10:00:00Z`)
      const costMicros = Math.round(40_000 * Math.exp(0.3 * (random() + random() + random() - 1.5)))
      const runs = Array.from({ length: attempts }, () => makeRun({ startedAt, models: [makeUse({ costMicros })] }))
      const workItemId = `claim-${week + 8}-${index}`
      const correction = makeCorrection({ id: workItemId, occurredAt: startedAt, costMicros: 1000 })
      items.push(
        makeItem({
          ...{ workItemId, attributes, runs },
          overrides: isStruck ? [correction] : [],
          outcomes: [{ status: 'resolved', occurredAt: startedAt }],
        }),
      )
    }
  }
  return items
}

it('names the driver and the segment of a planted cause, with the series without it and the overrides in it', () => {
  const explanation = computeExplanation(weeksOfWork(3), [], parameters, '2026-09-14')
  const findings = explanationFindings(explanation, parameters)
  expect(byId(findings, 'verdict')?.value).toBe('cause_found')
  expect(byId(findings, 'cause.1')).toMatchObject({ driver: 'attempts', segment: { policyType: 'home', region: 'TX' } })
  const [chart] = explanationCharts(explanation)
  expect(chart!.labels).toHaveLength(9)
  expect(chart!.series[0]!.values.at(-1)!).toBeGreaterThan(chart!.series[1]!.values.at(-1)!)
  const overrides = overrideFindings(explanation, parameters)
  expect(overrides[0]).toMatchObject({ id: 'event.overrides', segment: { policyType: 'home', region: 'TX' } })
  expect(overrides[1]).toMatchObject({ id: 'event.overrides.rule=HR-12', share: 1 })
})

/** The same weeks without retries; in the last one the items that `isMoved` picks go to a model five times as dear. */
function weeksWithDearerModel(isMoved: (item: WorkItemFact, index: number) => boolean): WorkItemFact[] {
  return weeksOfWork(1).map((item, index) => {
    if (item.runs[0]!.startedAt < new Date(`${WEEK.from}T00:00:00Z`) || !isMoved(item, index)) return item
    const dearer = (run: (typeof item.runs)[number]) =>
      makeRun({
        startedAt: run.startedAt,
        models: run.models.map((use) => ({ ...use, model: 'large', costMicros: 5 * use.costMicros })),
      })
    return { ...item, runs: item.runs.map(dearer) }
  })
}

it.each<[string, (item: WorkItemFact, index: number) => boolean, Record<string, string>]>([
  ['of one segment', (item) => item.attributes.policyType === 'home', { policyType: 'home' }],
  ['of anything', (_item, index) => index % 2 === 0, {}],
])('names a dearer model %s as price, with the model beside the segment', (_where, isMoved, segment) => {
  const explanation = computeExplanation(weeksWithDearerModel(isMoved), [], parameters, '2026-09-14')
  const cause = byId(explanationFindings(explanation, parameters), 'cause.1')
  expect(cause).toMatchObject({ driver: 'price', model: 'large' })
  expect(cause!.segment).toEqual(segment)
})

it.each([2, 3])('names a plain cause with %i weeks of data', (weeks) => {
  const first = addDays(WEEK.from, -7 * (weeks - 1))
  const items = weeksWithDearerModel((item) => item.attributes.policyType === 'home').filter(
    (item) => item.runs[0]!.startedAt >= new Date(`${first}T00:00:00Z`),
  )
  const findings = explanationFindings(computeExplanation(items, [], parameters, first), parameters)
  expect(byId(findings, 'cause.1')).toMatchObject({ driver: 'price', segment: { policyType: 'home' } })
})

it('puts the dollars of the contributions to a shift of mix', () => {
  // In the last week three of four other items are gone, and every TX item comes three times.
  const items = weeksOfWork(1).flatMap((item, index) => {
    if (item.runs[0]!.startedAt < new Date(`${WEEK.from}T00:00:00Z`)) return [item]
    if (item.attributes.region !== 'TX') return index % 4 === 0 ? [item] : []
    return [0, 1, 2].map((copy) => ({ ...item, workItemId: `${item.workItemId}-${copy}` }))
  })
  const findings = explanationFindings(computeExplanation(items, [], parameters, '2026-09-14'), parameters)
  const cause = findings.find((finding) => finding.kind === 'cause' && finding.driver === 'items')
  expect(cause?.segment).toEqual({ region: 'TX' })
  const parts = findings.filter(
    ({ kind, driver, segment }) => kind === 'contribution' && driver === 'items' && segment?.region === 'TX',
  )
  expect(parts.reduce((sum, part) => sum + micros(part), 0)).toBe(micros(cause))
})

it('names nothing in a week like the others', () => {
  const findings = explanationFindings(computeExplanation(weeksOfWork(1), [], parameters, '2026-09-14'), parameters)
  expect(byId(findings, 'verdict')?.value).toBe('within_normal_variation')
  expect(findings.filter((finding) => finding.kind === 'cause')).toEqual([])
})

const change = (attributes: Record<string, unknown>, description: string): ChangeEvent => ({
  ...{ id: 'c1', workflow: 'claims', kind: 'prompt', inferred: false, description, attributes },
  occurredAt: new Date('2026-11-10T00:00:00Z'),
  recordedAt: new Date('2026-11-10T00:00:00Z'),
})
const { dimensions } = computeExplanation(weeksOfWork(1), [], parameters, '2026-09-14').table

it.each([
  [{ promptVersion: 'v13' }, 'a new prompt', [{ promptVersion: 'v13' }]],
  [{}, 'Prompt V13, home policies only', [{ policyType: 'home' }, { promptVersion: 'v13' }]],
  [{ region: 'NY' }, 'nothing that the items know', []],
])('finds the segments that a change event names: %j, %s', (attributes, description, expected) => {
  const found = namedSegments([change(attributes, description)], dimensions)
  expect(new Set(found.map((one) => JSON.stringify(one)))).toEqual(new Set(expected.map((one) => JSON.stringify(one))))
})

it('says a change event once, with its day', () => {
  const [finding] = changeEventFindings([change({}, 'Prompt v14')], parameters)
  expect(finding).toMatchObject({ kind: 'event', value: '2026-11-10', unit: 'date', label: 'Prompt v14' })
})
