import { computeCorrections } from './compute-corrections.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const correctionsAnalysis = createItemAnalysis({
  name: 'corrections',
  title: 'Corrections',
  description: 'Who corrects what, how often, how long and by which rule; the override rate as a measure of quality.',
  example: 'how often do people overrule the claims agent, and by which rule?',
  view: 'cohort',
  details: ['corrections'],
  compute: computeCorrections,
})
