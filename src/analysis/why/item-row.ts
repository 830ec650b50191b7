import type { ModelUsage, SegmentUsage } from './drivers.ts'

/** One work item in one week. Money in integer micro-dollars; it is known money only, see `unpricedCalls`. */
export type ItemRow = {
  readonly dimensions: Readonly<Record<string, string | null>>
  readonly weekIndex: number
  readonly attempts: number
  /** Model calls with a known price and their tokens. */
  readonly calls: number
  readonly tokens: number
  readonly runsMicros: number
  readonly correctionsMicros: number
  readonly resolved: boolean
  readonly unpricedCalls?: number
  readonly models?: readonly ModelUsage[]
}

/** Adds up items to one usage, times `scale` (1 ÷ number of weeks gives the mean week). Null where there are none. */
export function sumUsage(rows: Iterable<ItemRow>, scale: number): SegmentUsage | null {
  const sums = {
    items: 0,
    attempts: 0,
    calls: 0,
    tokens: 0,
    pricedCostMicros: 0,
    correctionsMicros: 0,
    unpricedCalls: 0,
  }
  const models = new Map<string, { tokens: number; pricedCostMicros: number }>()
  for (const row of rows) {
    sums.items += 1
    sums.attempts += row.attempts
    sums.calls += row.calls
    sums.tokens += row.tokens
    sums.pricedCostMicros += row.runsMicros
    sums.correctionsMicros += row.correctionsMicros
    sums.unpricedCalls += row.unpricedCalls ?? 0
    for (const usage of row.models ?? []) {
      const known = models.get(usage.model) ?? { tokens: 0, pricedCostMicros: 0 }
      known.tokens += usage.tokens
      known.pricedCostMicros += usage.pricedCostMicros
      models.set(usage.model, known)
    }
  }
  if (sums.items === 0) return null
  for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] *= scale
  const byModel: ModelUsage[] = [...models].map(([model, usage]) => ({
    model,
    tokens: usage.tokens * scale,
    pricedCostMicros: usage.pricedCostMicros * scale,
  }))
  return { ...sums, models: byModel }
}

export function costOfRow(row: ItemRow): number {
  return row.runsMicros + row.correctionsMicros
}
