import { z } from 'zod'
import { Timestamp } from './timestamp.ts'

export const ChangeKind = z.enum(['prompt', 'model', 'routing', 'policy', 'price', 'deploy'])
export type ChangeKind = z.infer<typeof ChangeKind>

/** Body of `POST /webhooks/changes`. Without a workflow it concerns all of them. */
export const ChangeEventInput = z.strictObject({
  id: z.string().min(1).max(255).optional(),
  workflow: z.string().min(1).max(255).nullish(),
  kind: ChangeKind,
  description: z.string().min(1).max(5000),
  occurredAt: Timestamp,
  attributes: z.record(z.string(), z.unknown()).optional(),
})
export type ChangeEventInput = z.infer<typeof ChangeEventInput>

/** Something that changed around the work: posted, or inferred when a value was first seen. */
export interface ChangeEvent {
  id: string
  workflow: string | null
  kind: ChangeKind
  description: string
  attributes: Record<string, unknown>
  inferred: boolean
  occurredAt: Date
  recordedAt: Date
}
