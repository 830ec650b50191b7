import { z } from 'zod'
import { Timestamp } from './timestamp.ts'

export const OUTCOME_STATUSES = ['resolved', 'failed', 'escalated', 'reopened', 'cancelled'] as const
export const OutcomeStatus = z.enum(OUTCOME_STATUSES)
export type OutcomeStatus = z.infer<typeof OutcomeStatus>

/** Body of `POST /webhooks/outcomes`. `value` is in dollars. */
export const OutcomeInput = z.strictObject({
  id: z.string().min(1).max(255).optional(),
  workflow: z.string().min(1).max(255),
  workItemId: z.string().min(1).max(255),
  status: OutcomeStatus,
  resolvedBy: z.string().max(255).nullish(),
  value: z.number().nullish(),
  occurredAt: Timestamp,
  note: z.string().nullish(),
})
export type OutcomeInput = z.infer<typeof OutcomeInput>

/** What became of a work item. Later ones supersede earlier ones; none is erased. */
export interface Outcome {
  id: string
  workflow: string
  workItemId: string
  status: OutcomeStatus
  resolvedBy: string | null
  valueMicros: number | null
  note: string | null
  occurredAt: Date
  recordedAt: Date
}

export type WorkItemStatus = 'open' | OutcomeStatus

/**
 * Of outcomes that took effect at the same instant, as those with a day for a time do, the one further on in this list is
 * the later one: an item is reopened once it was closed, and what was handed on is resolved afterwards.
 */
export const ORDER_OF_OUTCOMES_AT_ONCE: readonly OutcomeStatus[] = [
  'failed',
  'cancelled',
  'escalated',
  'resolved',
  'reopened',
]

/** Statuses that close an item. `reopened` opens it again. */
export const CLOSING_STATUSES: readonly OutcomeStatus[] = ['resolved', 'failed', 'escalated', 'cancelled']
