import { computeMetric, isRateMetric } from './compute-metric.ts'
import { computeSpend } from './compute-spend.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const spendAnalysis = createItemAnalysis({
  name: 'spend',
  title: 'Spend',
  description: 'Dollars spent in a period by workflow, model or segment, beside the period before.',
  example: 'how much did we spend last week, by workflow?',
  // Rates are of closed items, so those are loaded too.
  view: (plan) => (isRateMetric(plan.metric ?? null) ? 'cohort' : 'spend'),
  compute: (items, parameters) =>
    isRateMetric(parameters.metric)
      ? computeMetric(items, parameters, parameters.metric)
      : computeSpend(items, parameters),
})
