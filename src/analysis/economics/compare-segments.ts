import { computeCompareSegments } from './compute-compare-segments.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const compareSegmentsAnalysis = createItemAnalysis({
  name: 'compare_segments',
  title: 'Why one is dearer than the other',
  description:
    'Why one segment, model or period costs more per resolved item than another, split exactly over its drivers.',
  example: 'why are claims in TX more expensive than in CA?',
  view: 'cohort',
  compute: (items, parameters, plan) => computeCompareSegments(items, parameters, plan.text ?? null),
})
