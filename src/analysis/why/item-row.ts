import type { ModelUsage } from './drivers.ts'

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

export function costOfRow(row: ItemRow): number {
  return row.runsMicros + row.correctionsMicros
}
