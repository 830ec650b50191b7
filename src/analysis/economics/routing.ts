import { computeRouting } from './compute-routing.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const routingAnalysis = createItemAnalysis({
  name: 'routing',
  title: 'Model routing',
  description: 'Where a cheaper model is good enough, by segment and step, or the size of the trial that would tell.',
  example: 'where is a cheaper model good enough for claims?',
  view: 'cohort',
  details: ['steps'],
  withoutComparison: true,
  compute: computeRouting,
})
