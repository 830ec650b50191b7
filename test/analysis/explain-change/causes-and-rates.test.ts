import { expect, it } from 'vitest'
import { compareTraces } from '../../../src/analysis/explain-change/compare-traces.ts'
import { computeExplanation } from '../../../src/analysis/explain-change/compute-explanation.ts'
import { explanationFindings } from '../../../src/analysis/explain-change/explanation-findings.ts'
import { pastEpisodes } from '../../../src/analysis/explain-change/past-episodes.ts'
import { answerRate } from '../../../src/analysis/explain-change/rate-answer.ts'
import { createRandom } from '../../../src/analysis/why/seeded-random.ts'
import type { ChangeEvent } from '../../../src/domain/change-event.ts'
import type { WorkItemFact } from '../../../src/domain/facts.ts'
import type { Finding } from '../../../src/domain/finding.ts'
import { fromDollars } from '../../../src/domain/money.ts'
import { addDays } from '../../../src/domain/period.ts'
import {
  makeCorrection,
  makeItem,
  makeParameters,
  makeRun,
  makeUse,
  WEEK,
  WEEK_BEFORE,
} from '../economics/make-items.ts'

const FIRST = '2026-09-14'
const periods = { period: WEEK, comparison: WEEK_BEFORE }
const parametersOf = (metric: 'spend' | 'cost_per_resolved' | 'attempts' | 'override_rate' | 'resolution_rate') =>
  makeParameters({ analysis: 'explain_change', metric, ...periods })
const byId = (findings: readonly Finding[], id: string) => findings.find((finding) => finding.id === id)
const micros = (finding: Finding | undefined) => fromDollars(Number(finding?.value))

/**
 * Nine weeks of 200 items. From the third day of the last week on, home items in TX take three attempts and half of them
 * are corrected; in an earlier week some were corrected under the same rule.
 */
function work({ isStruck = true, hasEarlier = false } = {}): WorkItemFact[] {
  const random = createRandom(11)
  const items: WorkItemFact[] = []
  for (let week = -8; week <= 0; week++) {
    for (let index = 0; index < 200; index++) {
      const attributes = {
        policyType: random() < 0.4 ? 'home' : 'auto',
        region: ['TX', 'FL', 'CO'][Math.floor(random() * 3)]!,
      }
      const dayOfWeek = index % 5
      const isThere = attributes.policyType === 'home' && attributes.region === 'TX'
      const strikes = isStruck && week === 0 && dayOfWeek >= 2 && isThere
      const attempts = random() < 0.1 ? 2 : strikes ? 3 : 1
      const startedAt = new Date(`${addDays(WEEK.from, 7 * week + dayOfWeek)}T10:00:00Z`)
      const costMicros = Math.round(40_000 * Math.exp(0.3 * (random() + random() + random() - 1.5)))
      const runs = Array.from({ length: attempts }, () => makeRun({ startedAt, models: [makeUse({ costMicros })] }))
      const workItemId = `claim-${week + 8}-${index}`
      const isCorrected = (strikes && random() < 0.5) || (hasEarlier && week === -5 && isThere && random() < 0.3)
      const correction = makeCorrection({ id: workItemId, occurredAt: startedAt, costMicros: 90_000 })
      items.push(
        makeItem({
          ...{ workItemId, attributes, runs, overrides: isCorrected ? [correction] : [] },
          outcomes: [{ status: random() < 0.95 ? 'resolved' : 'failed', occurredAt: startedAt }],
        }),
      )
    }
  }
  return items
}

it('names a place once, with the drivers that moved there, in the dollars of the contributions, and dates it', () => {
  const parameters = parametersOf('spend')
  const explanation = computeExplanation(work(), [], parameters, FIRST)
  const findings = explanationFindings(explanation, parameters)
  const causes = findings.filter(({ kind }) => kind === 'cause')
  expect(new Set(causes.map(({ segment }) => JSON.stringify(segment)))).toEqual(
    new Set([JSON.stringify({ policyType: 'home', region: 'TX' })]),
  )
  expect(causes.map(({ driver }) => driver).sort()).toEqual(['attempts', 'corrections'])
  for (const cause of causes) {
    const own = findings.filter(
      ({ kind, driver, segment }) =>
        kind === 'contribution' && driver === cause.driver && segment?.policyType === 'home' && segment.region === 'TX',
    )
    expect(own.reduce((sum, part) => sum + micros(part), 0)).toBe(micros(cause))
  }
  const told = causes.reduce((sum, cause) => sum + micros(cause), 0)
  expect(told + micros(byId(findings, 'unexplained'))).toBe(micros(byId(findings, 'spend.change')))
  expect(byId(findings, 'shift_date')?.value).toBe(addDays(WEEK.from, 2))
})

it('tells causes of a cost per resolved item in dollars of a resolved item', () => {
  const parameters = parametersOf('cost_per_resolved')
  const findings = explanationFindings(computeExplanation(work(), [], parameters, FIRST), parameters)
  const change = micros(byId(findings, 'cost_per_resolved.change'))
  const causes = findings.filter(({ kind }) => kind === 'cause')
  expect(causes.length).toBeGreaterThan(0)
  for (const cause of causes) expect(Math.abs(micros(cause))).toBeLessThan(2 * Math.abs(change))
  expect(causes.reduce((sum, cause) => sum + micros(cause), 0) + micros(byId(findings, 'unexplained'))).toBe(change)
})

it('names nothing where a part of the time compared with is not known', () => {
  const parameters = parametersOf('spend')
  const known = work().filter((item) => item.startedAt >= new Date('2026-11-05T00:00:00Z'))
  const findings = explanationFindings(computeExplanation(known, [], parameters, '2026-11-05'), parameters)
  expect(byId(findings, 'verdict')?.value).toBe('data_incomplete')
  expect(findings.filter(({ kind }) => kind === 'cause')).toEqual([])
})

function rateOf(items: WorkItemFact[], metric: 'attempts' | 'override_rate' | 'resolution_rate') {
  const parameters = parametersOf(metric)
  return answerRate(items, computeExplanation(items, [], parameters, FIRST), parameters, metric, true)
}

it.each(['attempts', 'override_rate'] as const)('finds the segment in which the %s moved, with its parts', (metric) => {
  const { findings, charts } = rateOf(work(), metric)
  expect(byId(findings, 'verdict')?.value).toBe('cause_found')
  const driver = metric === 'attempts' ? 'attempts' : 'corrections'
  const cause = byId(findings, 'cause.1')
  expect(cause).toMatchObject({ driver, unit: 'usd', segment: { policyType: 'home', region: 'TX' } })
  const parts = ['segment', 'mix', 'rest'].map((part) => Number(byId(findings, `rate_part.${part}`)!.value))
  expect(parts.reduce((sum, part) => sum + part)).toBeCloseTo(Number(byId(findings, `${metric}.change`)!.value), 9)
  const change = micros(byId(findings, 'spend')) - micros(byId(findings, 'spend.before'))
  const contributions = findings.filter(({ kind }) => kind === 'contribution')
  expect(contributions.reduce((sum, part) => sum + micros(part), 0)).toBe(change)
  expect(charts[0]!.series.map(({ name }) => name)).toEqual(['All', 'The segment', 'Without the segment'])
  expect(byId(findings, 'shift_date')?.value).toBe(addDays(WEEK.from, 2))
})

it('says that a rate which did not move is within its usual swing, and names nothing', () => {
  for (const metric of ['attempts', 'override_rate', 'resolution_rate'] as const) {
    const { findings } = rateOf(work({ isStruck: false }), metric)
    expect(byId(findings, 'verdict')?.value).toBe('within_normal_variation')
    expect(findings.filter(({ kind }) => kind === 'cause')).toEqual([])
  }
  expect(byId(rateOf(work(), 'resolution_rate').findings, 'verdict')?.value).toBe('within_normal_variation')
})

it('remembers the earlier stretch of like corrections, what was done then and what came of it', () => {
  const parameters = parametersOf('spend')
  const explanation = computeExplanation(work({ hasEarlier: true }), [], parameters, FIRST)
  const done: ChangeEvent = {
    ...{ id: 'c', workflow: 'claims', kind: 'prompt', inferred: false, description: 'Riders first', attributes: {} },
    occurredAt: new Date('2026-10-10T00:00:00Z'),
    recordedAt: new Date('2026-10-10T00:00:00Z'),
  }
  const findings = pastEpisodes(explanation, [done], [], parameters)
  const precedent = byId(findings, 'event.precedent')!
  expect(String(precedent.value) >= '2026-10-05' && String(precedent.value) <= '2026-10-09').toBe(true)
  expect(byId(findings, 'event.precedent.done')).toMatchObject({ value: '2026-10-10', label: 'Riders first' })
  expect(byId(findings, 'event.precedent.after')?.value).toBe(0)
  expect(pastEpisodes(computeExplanation(work(), [], parameters, FIRST), [done], [], parameters)).toEqual([])
})

it('sets traces beside one another step by step', () => {
  const step = { kind: 'llm', failed: 0, inputTokens: 1000, costMicros: 10_000 }
  const run = (steps: { name: string; model: string | null; calls: number }[], used: boolean) =>
    makeRun({
      steps: steps.map((one) => ({ ...step, ...one })),
      documents: [{ id: 'end-hr-12', retrieved: 1, used }],
    })
  const before = makeItem({ workItemId: 'a', runs: [run([{ name: 'assess', model: 'small', calls: 1 }], true)] })
  const now = makeItem({
    workItemId: 'b',
    runs: [
      run(
        [
          { name: 'assess', model: 'large', calls: 1 },
          { name: 'review', model: 'large', calls: 2 },
        ],
        false,
      ),
    ],
  })
  const { table, differences } = compareTraces([
    { title: 'a: typical before', item: before },
    { title: 'b: dearest now', item: now },
  ])
  expect(differences).toEqual([
    'end-hr-12 was retrieved and not used',
    '“assess” ran on large in place of small',
    '“review” is new, run 2 times',
  ])
  expect(table.rows.find(([name]) => name === 'review')).toEqual([
    'review',
    'not there',
    '2×, 1,000 tokens in, large, $0.01',
  ])
  expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true)
})
