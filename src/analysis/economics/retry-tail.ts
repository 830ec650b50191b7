import { computeRetryTail } from './compute-retry-tail.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const retryTailAnalysis = createItemAnalysis({
  name: 'retry_tail',
  title: 'Retry tail',
  description:
    'What retries cost: first-try completion, attempts per resolved item, dollars after the first attempt, and what T ÷ p predicts.',
  example: 'how much do retries of claims cost?',
  view: 'cohort',
  compute: computeRetryTail,
})
