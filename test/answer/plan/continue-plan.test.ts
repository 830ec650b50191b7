import { expect, it } from 'vitest'
import { planQuestion } from '../../../src/answer/plan/plan-question.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import { questionWorkspace, WEDNESDAY } from '../../support/question-workspace.ts'

const follow = (question: string, previous: Plan) =>
  planQuestion(question, questionWorkspace, { asOf: WEDNESDAY, timeZone: 'UTC', previous }).plan

const spike = planQuestion('why did claims cost spike?', questionWorkspace, { asOf: WEDNESDAY, timeZone: 'UTC' }).plan

it('adds a grouping', () => expect(follow('and by region?', spike)).toEqual({ ...spike, groupBy: 'region' }))

it('moves the period', () => {
  expect(follow('what about October?', spike)).toEqual({
    ...spike,
    period: { from: '2026-10-01', to: '2026-11-01' },
    comparison: { from: '2026-09-01', to: '2026-10-01' },
  })
  expect(follow('and the week before?', spike).period).toEqual({ from: '2026-11-02', to: '2026-11-09' })
})

it('adds filters one after another, and takes them off again', () => {
  const texan = follow('only TX', spike)
  expect(texan.filters).toEqual({ region: 'TX' })
  const both = follow('just home policies', texan)
  expect(both.filters).toEqual({ region: 'TX', policyType: 'home' })
  expect(follow('and overall?', both).filters).toBeUndefined()
})

it('changes only the comparison', () => {
  const compared = follow('compared with September?', spike)
  expect(compared.period).toEqual(spike.period)
  expect(compared.comparison).toEqual({ from: '2026-09-01', to: '2026-10-01' })
})

it('takes what a new question leaves open from the last one', () => {
  expect(follow('what do retries cost?', { ...spike, filters: { region: 'TX' } })).toMatchObject({
    analysis: 'retry_tail',
    workflow: 'claims',
    period: spike.period,
    filters: { region: 'TX' },
  })
  expect(follow('why?', { ...spike, analysis: 'spend' }).analysis).toBe('explain_change')
})

it('changes the workflow, and drops filters that it does not have', () => {
  expect(follow('and tickets?', { ...spike, filters: { region: 'TX', policyType: 'home' } })).toMatchObject({
    workflow: 'tickets',
    filters: { region: 'TX' },
  })
})

it('leaves what it does not understand alone', () =>
  expect(follow('thanks, see you at lunch', spike).analysis).toBe('help'))
