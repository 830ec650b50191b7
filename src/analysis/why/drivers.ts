import type { Driver } from '../../domain/finding.ts'
import type { Segment } from './segment.ts'

/** What one segment used in one period. Money in integer micro-dollars (fractions where a mean of weeks is compared). */
export type SegmentUsage = {
  readonly items: number
  readonly attempts: number
  /** Model calls whose price is known, their tokens and what they cost. */
  readonly calls: number
  readonly tokens: number
  readonly pricedCostMicros: number
  readonly correctionsMicros: number
  /** Model calls whose price is unknown: they have no dollars, and are never counted as 0 dollars. */
  readonly unpricedCalls?: number
  /** The priced calls by model, where known; must add up to the above. */
  readonly models?: readonly ModelUsage[]
}

export type ModelUsage = { readonly model: string; readonly tokens: number; readonly pricedCostMicros: number }

/** One part of an explained change, in integer micro-dollars. `model` where the mix of models is what changed the price. */
export type Contribution = {
  readonly driver: Driver
  readonly segment: Segment
  readonly micros: number
  readonly model?: string
}
