import { z } from 'zod'
import { OutcomeStatus } from './outcome.ts'
import { Timestamp } from './timestamp.ts'
import { TokenUsage } from './usage.ts'

const id = z.string().min(1).max(255)
const text = z.string().nullish()
const attributeValue = z.union([z.string(), z.number(), z.boolean()])

const Step = z.strictObject({
  id: id.optional(),
  parentId: id.nullish(),
  kind: z.string().min(1).max(64),
  name: z.string().max(1000).nullish(),
  startedAt: Timestamp.nullish(),
  endedAt: Timestamp.nullish(),
  status: z.enum(['ok', 'error', 'abandoned']).nullish(),
  error: text,
  retryOf: id.nullish(),
  model: z.string().max(255).nullish(),
  provider: z.string().max(255).nullish(),
  costUsd: z.number().nonnegative().nullish(),
  usage: TokenUsage.safeExtend({ serviceTier: z.string().max(255).nullish() }).nullish(),
  /** Price tier that served the call, such as `batch`, `flex` or `priority`. */
  serviceTier: z.string().max(255).nullish(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  documents: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(1000),
        title: text,
        score: z.number().nullish(),
        used: z.boolean().nullish(),
        content: text,
        tokens: z.number().int().nonnegative().max(1_000_000_000).nullish(),
      }),
    )
    .nullish(),
  tool: z
    .strictObject({
      name: z.string().min(1).max(255),
      arguments: z.unknown().optional(),
      result: z.unknown().optional(),
      costUsd: z.number().nonnegative().nullish(),
    })
    .nullish(),
  decision: z
    .strictObject({
      choice: z.string().min(1).max(2000),
      alternatives: z.array(z.string()).nullish(),
      rationale: text,
      rules: z.array(z.string()).nullish(),
      precedents: z.array(z.string()).nullish(),
      confidence: z.number().nullish(),
    })
    .nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
})

/** Body of `POST /webhooks/traces`: one run of an agent. Only `workflow` and `startedAt` are required. */
export const TraceInput = z.strictObject({
  traceId: id.optional(),
  workflow: id,
  attempt: z.int().positive().nullish(),
  retryOf: id.nullish(),
  workItem: z.strictObject({ id, attributes: z.record(z.string(), attributeValue.nullable()).nullish() }).nullish(),
  agent: z.strictObject({ name: z.string().max(255).nullish(), version: z.string().max(255).nullish() }).nullish(),
  promptVersion: z.string().max(255).nullish(),
  startedAt: Timestamp,
  endedAt: Timestamp.nullish(),
  status: z.enum(['ok', 'error', 'abandoned']).nullish(),
  steps: z.array(Step).max(20_000).nullish(),
  outcome: z
    .strictObject({ status: OutcomeStatus, occurredAt: Timestamp.nullish(), value: z.number().nullish() })
    .nullish(),
})
export type TraceInput = z.infer<typeof TraceInput>
