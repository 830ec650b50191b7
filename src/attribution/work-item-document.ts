import type { WasteClass } from '../domain/facts.ts'
import type { WorkItemStatus } from '../domain/outcome.ts'
import type { AttributeValue, Decision, RetrievedDocument, SpanKind, SpanStatus, ToolCall } from '../domain/span.ts'
import type { UsageTotals } from '../domain/usage.ts'
import type { Gap } from './find-gaps.ts'

/**
 * The whole decision trace of a work item as `GET /api/work-items/WORKFLOW/ID` gives it. Money is in dollars, instants
 * are ISO 8601 texts; unknown is null.
 */
export interface WorkItemDocument {
  workflow: string
  id: string
  attributes: Record<string, AttributeValue>
  status: WorkItemStatus
  cost: {
    /** The known parts together; null where no part is known. */
    totalUsd: number | null
    /** Known cost of the counted model calls; null where none is priced. */
    runsUsd: number | null
    /** Null where there were corrections and none could be priced. */
    correctionsUsd: number | null
    /** Null where no tool reported a fee. */
    toolsUsd: number | null
    pricedCalls: number
    unpricedCalls: number
  }
  usage: UsageTotals
  runs: RunDocument[]
  outcomes: OutcomeDocument[]
  overrides: OverrideDocument[]
  /** Change events from a week before the item's life to a week after it. */
  changes: ChangeDocument[]
}

export type StatedStatus = Exclude<SpanStatus, 'unset'>

export interface RunDocument {
  traceId: string
  attempt: number
  attemptInferred: boolean
  /** Null where the sender gave none. */
  status: StatedStatus | null
  agent: { name: string | null; version: string | null } | null
  promptVersion: string | null
  startedAt: string
  endedAt: string | null
  /** Known cost of the run's model calls: the sum of its spans'. Tool fees stand with the tools. */
  costUsd: number | null
  pricedCalls: number
  unpricedCalls: number
  usage: UsageTotals
  usageEstimated: boolean
  /** Tokens that a container reports beyond what its steps account for; not priced. */
  unexplainedTokens: number | null
  decision: string | null
  /** What the agent asked of memory while it worked, and the entries that it was given. */
  consulted: ConsultedDocument[]
  /** Empty where retention has dropped them. */
  spans: SpanDocument[]
  /** Calls that the run seems to have made, and that nobody exported; in none of the figures. */
  gaps: GapDocument[]
}

/** `calls`: at least so many; null where the data does not say. */
export interface GapDocument {
  spanId: string
  reason: Gap['reason']
  calls: number | null
}

export interface ConsultedDocument {
  tool: string
  asked: Record<string, unknown>
  /** Best first; the title as it stands now, null where the entry is gone. */
  entries: { id: string; title: string | null }[]
  usedAt: string
}

export interface SpanDocument {
  id: string
  parentId: string | null
  kind: SpanKind
  name: string
  /** Null where the sender gave none. */
  status: StatedStatus | null
  error: string | null
  model: string | null
  provider: string | null
  /** Null where the span is no model call and reports no tokens. */
  usage: UsageTotals | null
  /** Whether the usage is in the run's. */
  counted: boolean
  costUsd: number | null
  /** Where the price comes from. */
  priceSource: 'contract' | 'emitter' | 'catalogue' | null
  startedAt: string
  endedAt: string | null
  input: string | null
  output: string | null
  documents: RetrievedDocument[]
  tool: ToolCall | null
  decision: Decision | null
  /** The step that it repeats; null where it is none, or nobody can tell. */
  retryOf: string | null
  /** The sender did not say so: a step with the same name and input had failed before it. */
  retryInferred: boolean
  waste?: WasteClass
}

export interface OutcomeDocument {
  id: string
  status: WorkItemStatus
  resolvedBy: string | null
  /** Dollars, under the name it was posted with. */
  value: number | null
  valueUsd: number | null
  note: string | null
  occurredAt: string
  recordedAt: string
}

export interface OverrideDocument {
  id: string
  traceId: string | null
  stepId: string | null
  agentDecision: string
  humanDecision: string
  reason: string
  rule: string | null
  actor: string
  minutes: number | null
  /** Minutes × the workflow's hourly rate; null where either is unknown. */
  costUsd: number | null
  occurredAt: string
  recordedAt: string
}

export interface ChangeDocument {
  id: string
  workflow: string | null
  kind: string
  description: string
  attributes: Record<string, unknown>
  inferred: boolean
  occurredAt: string
  recordedAt: string
}
