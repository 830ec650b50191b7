import { computeWaste } from './compute-waste.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const wasteAnalysis = createItemAnalysis({
  name: 'waste',
  title: 'Waste',
  description:
    'Dollars that brought nothing, each in one class: failed calls, loops, thrown-away attempts, needless steps, context and models.',
  example: 'how much of claims spend is waste?',
  view: 'cohort',
  details: ['steps', 'documents', 'waste'],
  compute: computeWaste,
})
