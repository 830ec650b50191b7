import type { WorkItemFact } from '../../domain/facts.ts'
import type { Metric } from '../../domain/plan.ts'

/** One item's part in a rate, which is a sum over a sum, as `measureMetric` and the cost of a resolved item have it; money in dollars. */
export function partOf(
  metric: Exclude<Metric, 'spend'>,
  item: WorkItemFact,
): { numerator: number; denominator: number } {
  const isResolved = item.status === 'resolved'
  switch (metric) {
    case 'cost_per_resolved':
      return { numerator: item.totalMicros / 1e6, denominator: isResolved ? 1 : 0 }
    case 'attempts':
      return { numerator: item.attempts, denominator: 1 }
    case 'tokens_per_call': {
      const { calls, callsWithoutUsage, inputTokens, outputTokens } = item.usage
      return { numerator: (inputTokens ?? 0) + (outputTokens ?? 0), denominator: calls - callsWithoutUsage }
    }
    case 'resolution_rate':
      return { numerator: isResolved ? 1 : 0, denominator: 1 }
    case 'override_rate':
      return { numerator: item.corrections > 0 ? 1 : 0, denominator: 1 }
  }
}
