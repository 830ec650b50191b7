import { expect, it } from 'vitest'
import { askNext, type FollowUp } from '../../../src/analysis/economics/follow-ups.ts'
import { planQuestion } from '../../../src/answer/plan/plan-question.ts'
import type { AnalysisName } from '../../../src/domain/plan.ts'
import { CLAIMS, makeParameters } from '../../analysis/economics/make-items.ts'
import { questionWorkspace, WEDNESDAY } from '../../support/question-workspace.ts'

const at = { asOf: WEDNESDAY, timeZone: 'UTC' }
const LEADS_TO: Record<FollowUp, AnalysisName> = {
  change: 'explain_change',
  attempts_change: 'explain_change',
  override_change: 'explain_change',
  unit_cost: 'cost_per_resolved',
  unit_cost_by_model: 'cost_per_resolved',
  unit_cost_by_prompt: 'cost_per_resolved',
  unit_cost_by_month: 'cost_per_resolved',
  retries: 'retry_tail',
  waste: 'waste',
  baseline: 'baseline',
  operation: 'operating_metrics',
  spread: 'spread',
  routing: 'routing',
  context: 'context',
  what_mattered: 'what_mattered',
  marginal: 'marginal_utility',
}

it.each(Object.entries(LEADS_TO))('the question %s that an answer leads to is planned as %s', (name, analysis) => {
  for (const workflow of ['claims', undefined]) {
    const parameters = makeParameters({ workflow }, [CLAIMS, { name: 'tickets', unit: 'ticket' }])
    const [question] = askNext(parameters, name as FollowUp)
    const { plan } = planQuestion(question!, questionWorkspace, at)
    expect({ question, analysis: plan.analysis, workflow: plan.workflow }).toEqual({ question, analysis, workflow })
  }
})

it.each([
  ['what did people correct in claims?', 'corrections'],
  ['what did people correct in the work?', 'corrections'],
  ['how much of claims spend is retries?', 'retry_tail'],
  ['how much of the spend is retries?', 'retry_tail'],
  ['what does a resolved claim cost by exceptionDocs?', 'cost_per_resolved'],
])('so is “%s”, which an explained change leads to', (question, analysis) => {
  expect(planQuestion(question, questionWorkspace, at).plan.analysis).toBe(analysis)
})
