import { z } from 'zod'
import type { MicroDollars } from './money.ts'
import { Timestamp } from './timestamp.ts'

/** Body of `POST /webhooks/overrides`. */
export const OverrideInput = z.strictObject({
  id: z.string().min(1).max(255).optional(),
  workflow: z.string().min(1).max(255),
  workItemId: z.string().min(1).max(255),
  traceId: z.string().max(255).nullish(),
  stepId: z.string().max(255).nullish(),
  agentDecision: z.string().min(1).max(2000),
  humanDecision: z.string().min(1).max(2000),
  reason: z.string().min(1).max(10_000),
  rule: z.string().max(255).nullish(),
  actor: z.string().min(1).max(255),
  minutes: z.number().nonnegative().max(100_000).nullish(),
  occurredAt: Timestamp,
})
export type OverrideInput = z.infer<typeof OverrideInput>

/** A human correction of an agent's decision. Append-only. */
export interface Override {
  id: string
  workflow: string
  workItemId: string
  traceId: string | null
  stepId: string | null
  agentDecision: string
  humanDecision: string
  reason: string
  rule: string | null
  actor: string
  /** Minutes that the person spent; null is unknown. */
  minutes: number | null
  occurredAt: Date
  recordedAt: Date
}

/** What the correction cost; null where the minutes or the hourly rate are unknown. */
export function correctionCost(minutes: number | null, hourlyRateMicros: MicroDollars | null): MicroDollars | null {
  return minutes === null || hourlyRateMicros === null ? null : Math.round((minutes / 60) * hourlyRateMicros)
}
