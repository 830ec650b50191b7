import { formatDollars } from '../narration/format-money.ts'
import { planQuestion } from './plan/plan-question.ts'

/** Nothing that a rule knows, so that all of them are tried; and what nearly every question has. */
const QUESTIONS = [
  '?',
  'why did the cost of a resolved item change in October 2026 compared with September, by region?',
]

/**
 * Patterns of questions and formats of numbers are compiled when they are first used, which takes more than a tenth of a second: this
 * uses them once, before anybody waits for an answer.
 */
export function prepareWords(): void {
  const workspace = { workflows: [], dimensions: [] }
  for (const question of QUESTIONS) planQuestion(question, workspace, { asOf: new Date(0), timeZone: 'UTC' })
  formatDollars(1)
}
