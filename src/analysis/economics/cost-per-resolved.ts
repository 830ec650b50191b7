import { computeCostPerResolved } from './compute-cost-per-resolved.ts'
import { computeMetric, isRateMetric } from './compute-metric.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const costPerResolvedAnalysis = createItemAnalysis({
  name: 'cost_per_resolved',
  title: 'Cost per resolved item',
  description:
    'What a resolved unit costs, failures, retries and corrections included, by segment, version or model, beside its baseline.',
  example: 'what does a resolved claim cost by region?',
  view: 'cohort',
  compute: (items, parameters) =>
    isRateMetric(parameters.metric)
      ? computeMetric(items, parameters, parameters.metric)
      : computeCostPerResolved(items, parameters),
})
