import type { Metric } from '../domain/plan.ts'

/** A metric as people say it, after "the". */
export const METRIC_NAMES: Readonly<Record<Metric, string>> = {
  spend: 'spend',
  cost_per_resolved: 'cost per resolved item',
  attempts: 'number of attempts per item',
  tokens_per_call: 'number of tokens per model call',
  resolution_rate: 'resolution rate',
  override_rate: 'override rate',
}
