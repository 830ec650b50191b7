import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { Unit } from '../../domain/finding.ts'
import type { Metric } from '../../domain/plan.ts'
import { differenceInterval } from './statistics/difference-interval.ts'
import { type Interval, LEVEL } from './statistics/interval.ts'
import { ratioInterval } from './statistics/ratio-interval.ts'
import { wilsonInterval } from './statistics/wilson-interval.ts'

export type RateMetric = Exclude<Metric, 'spend' | 'cost_per_resolved'>

export const METRIC_DEFINITIONS: Readonly<Record<RateMetric, { label: string; unit: Unit; source: string }>> = {
  resolution_rate: {
    label: 'Resolution rate',
    unit: 'share',
    source: 'resolution_rate: resolved ÷ closed items of the period',
  },
  attempts: {
    label: 'Attempts per item',
    unit: 'ratio',
    source: 'attempts: runs of the items that closed in the period ÷ items',
  },
  tokens_per_call: {
    label: 'Tokens per model call',
    unit: 'tokens',
    source: 'tokens_per_call: input and output tokens ÷ calls that reported usage, of items that closed in the period',
  },
  override_rate: {
    label: 'Override rate',
    unit: 'share',
    source: 'override_rate: items that a person corrected ÷ items that closed in the period',
  },
}

export interface Measured {
  /** Null over nothing. */
  value: number | null
  interval: Interval | null
  /** What it rests on: items, or calls for tokens per call. */
  n: number
  items: number
}

/** The metric over a set of items, with an interval as of the process behind them. */
export function measureMetric(metric: RateMetric, items: ItemList): Measured {
  if (metric === 'resolution_rate') return shareOf(items, (item) => item.status === 'resolved')
  if (metric === 'override_rate') return shareOf(items, (item) => item.corrections > 0)
  const parts = Array.from(items, (item) =>
    metric === 'attempts' ? { numerator: item.attempts, denominator: 1 } : tokensOf(item),
  )
  const numerator = parts.reduce((sum, part) => sum + part.numerator, 0)
  const denominator = parts.reduce((sum, part) => sum + part.denominator, 0)
  const value = denominator === 0 ? null : numerator / denominator
  return { value, interval: ratioInterval(parts, LEVEL), n: denominator, items: items.length }
}

/** The difference of two measurements, where both exist. */
export function measureChange(now: Measured, old: Measured): { value: number; interval: Interval | null } | null {
  if (now.value === null || old.value === null) return null
  const interval =
    now.interval && old.interval
      ? differenceInterval({ value: now.value, interval: now.interval }, { value: old.value, interval: old.interval })
      : null
  return { value: now.value - old.value, interval }
}

function shareOf(items: ItemList, holds: (item: WorkItemFact) => boolean): Measured {
  let count = 0
  for (const item of items) if (holds(item)) count++
  const n = items.length
  return { value: n === 0 ? null : count / n, interval: wilsonInterval(count, n, LEVEL), n, items: n }
}

function tokensOf(item: WorkItemFact) {
  const { calls, callsWithoutUsage, inputTokens, outputTokens } = item.usage
  return { numerator: (inputTokens ?? 0) + (outputTokens ?? 0), denominator: calls - callsWithoutUsage }
}
