import { computeBaseline } from './compute-baseline.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const baselineAnalysis = createItemAnalysis({
  name: 'baseline',
  title: 'Against the baseline',
  description:
    'What the agents save against the outsourcer, people’s time or revenue, and which segments lose while the average wins.',
  example: 'is the claims agent cheaper than the outsourcer?',
  view: 'cohort',
  compute: computeBaseline,
})
