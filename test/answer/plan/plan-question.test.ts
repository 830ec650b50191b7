import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planQuestion } from '../../../src/answer/plan/plan-question.ts'
import { Plan } from '../../../src/domain/plan.ts'
import { questionWorkspace, WEDNESDAY } from '../../support/question-workspace.ts'

const at = { asOf: WEDNESDAY, timeZone: 'UTC' }
const ask = (question: string) => planQuestion(question, questionWorkspace, at)

describe('the questions of the fixture', () => {
  const lines = readFileSync(new URL('../../fixtures/questions.ndjson', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const cases = lines.map((line) => JSON.parse(line) as { question: string; asOf: string; expect: Partial<Plan> })

  it('are many', () => expect(cases.length).toBeGreaterThanOrEqual(120))

  it('are planned as worked out by hand, at least 95 in 100 to the last field', () => {
    const wrong = cases.flatMap(({ question, asOf, expect: expected }) => {
      const { plan } = planQuestion(question, questionWorkspace, { asOf: new Date(asOf), timeZone: 'UTC' })
      const { filters = {}, ...stated } = expected
      const actual = Object.fromEntries(Object.keys(stated).map((field) => [field, plan[field as keyof Plan]]))
      const isRight =
        JSON.stringify(actual) === JSON.stringify(stated) &&
        (expected.filters === undefined || sorted(plan.filters ?? {}) === sorted(filters)) &&
        (stated.workflow !== undefined || stated.analysis === 'help' || plan.workflow === undefined)
      return isRight ? [] : [{ question, plan, expected }]
    })
    expect(wrong.length / cases.length, JSON.stringify(wrong, null, 1)).toBeLessThanOrEqual(0.05)
  })
})

const sorted = (record: Record<string, string>) => JSON.stringify(Object.entries(record).sort())

describe('planQuestion', () => {
  it('plans every analysis over time with a period and what it is compared with', () => {
    const { plan } = ask('why did claims cost spike?')
    expect(plan).toEqual({
      analysis: 'explain_change',
      workflow: 'claims',
      metric: 'spend',
      period: { from: '2026-11-09', to: '2026-11-16' },
      comparison: { from: '2026-11-02', to: '2026-11-09' },
    })
  })

  it('counts days in the reader’s zone', () => {
    const late = { asOf: new Date('2026-11-16T02:00:00Z'), timeZone: 'America/New_York' }
    expect(planQuestion('spend yesterday', questionWorkspace, late).plan.period).toEqual({
      from: '2026-11-14',
      to: '2026-11-15',
    })
    expect(planQuestion('spend last week', questionWorkspace, late).plan.period).toEqual({
      from: '2026-11-02',
      to: '2026-11-09',
    })
  })

  it('takes "the same request" for that of the one workflow whose items carry a request', () => {
    const request = { name: 'request', values: ['task-1', 'task-2'], workflows: ['airline-support'] }
    const workspace = { ...questionWorkspace, dimensions: [...questionWorkspace.dimensions, request] }
    const { plan } = planQuestion('how much does the cost of the same request vary?', workspace, at)
    expect(plan).toMatchObject({ analysis: 'spread', workflow: 'airline-support' })
    expect(ask('how much does the cost of the same request vary?').plan.workflow).toBeUndefined()
  })

  it('says what it does not know instead of guessing', () => {
    expect(ask('why did refunds cost spike?')).toMatchObject({
      understood: false,
      unknownSubject: 'refunds',
      plan: { analysis: 'help' },
    })
    expect(ask('what is for lunch?')).toMatchObject({ understood: false, plan: { analysis: 'help' } })
    expect(ask('how much did we spend on home claims in Bavaria last week?').notUsed).toEqual(['bavaria'])
  })

  it('shows two values of one dimension side by side', () => {
    expect(ask('cost per resolved claim for home and auto').plan).toMatchObject({ groupBy: 'policyType' })
    expect(ask('cost per resolved claim for home and auto').plan.filters).toBeUndefined()
  })

  it('takes a comparison of segments as filter, dimension and other side', () => {
    expect(ask('why are home claims more expensive than auto claims?').plan).toMatchObject({
      analysis: 'compare_segments',
      filters: { policyType: 'home' },
      groupBy: 'policyType',
      text: 'auto',
    })
    expect(ask('why are claims with exception documents dearer than the others?').plan.text).toBeUndefined()
  })

  it('takes weekends and weekdays as two kinds of days, and "last weekend" as a time', () => {
    const kinds = (value: string, text: string) => ({
      ...{ analysis: 'compare_segments', filters: { dayKind: value }, groupBy: 'dayKind', text },
    })
    expect(ask('why are weekends dearer than weekdays?')).toMatchObject({
      ...{ plan: kinds('weekends', 'weekdays'), premise: 'rise', notUsed: [] },
    })
    expect(ask('do claims cost less on weekdays than on Saturdays and Sundays?')).toMatchObject({
      ...{ plan: { workflow: 'claims', ...kinds('weekdays', 'weekends') }, premise: 'fall' },
    })
    expect(ask('why are weekends so expensive for claims?').plan).toMatchObject(kinds('weekends', 'weekdays'))
    expect(ask('why did claims cost more last weekend?').plan).toMatchObject({ analysis: 'explain_change' })
  })

  it('takes a workflow by its own name, not for one a letter away', () => {
    const days = { unit: null, firstDay: '2026-09-21', lastDay: '2026-11-15' }
    const workflows = ['refundsa', 'refundsb'].map((name) => ({ name, ...days }))
    for (const name of ['refundsa', 'refundsb']) {
      const planned = planQuestion(`how much did ${name} cost last week?`, { workflows, dimensions: [] }, at)
      expect(planned).toMatchObject({ plan: { analysis: 'spend', workflow: name } })
    }
  })

  it('moves a relative period back to the last work where all data are older', () => {
    const workflows = [{ name: 'airline-support', unit: 'request', firstDay: '2024-10-07', lastDay: '2024-11-01' }]
    const planned = planQuestion('why did airline support cost change last week?', { workflows, dimensions: [] }, at)
    expect(planned.plan.period).toEqual({ from: '2024-10-28', to: '2024-11-04' })
    expect(planned.movedTo).toBe('2024-11-01')
    const named = planQuestion('why did airline support cost change in October?', { workflows, dimensions: [] }, at)
    expect(named).toMatchObject({ movedTo: null, plan: { period: { from: '2026-10-01', to: '2026-11-01' } } })
  })

  it('keeps the end of the period after its beginning, and the plan valid, whatever is asked', () => {
    const words = [
      'why',
      'claims',
      'cost',
      'last',
      'week',
      'since',
      'to',
      '9',
      'Nov',
      'vs',
      'October',
      'between',
      'and',
      '2026-11-31',
      'Q3',
      'home',
      'TX',
      'by',
      'region',
      '31 Feb',
      'until',
      '-',
      'w60',
      'claim-1',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 9 }), (chosen) => {
        const { plan } = ask(chosen.join(' '))
        expect(Plan.safeParse(plan).success).toBe(true)
        expect(ask(chosen.join(' '))).toEqual(ask(chosen.join(' ')))
      }),
      { numRuns: 500 },
    )
  })

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => Plan.safeParse(ask(text).plan).success),
    )
  })
})
