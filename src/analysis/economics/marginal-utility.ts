import { computeMarginalUtility } from './compute-marginal-utility.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const marginalUtilityAnalysis = createItemAnalysis({
  name: 'marginal_utility',
  title: 'Marginal utility',
  description: 'What the next dollar brings by attempt, context, model and spend; below 1 it loses money.',
  example: 'is a third attempt worth it for claims?',
  view: 'cohort',
  withoutComparison: true,
  compute: computeMarginalUtility,
})
