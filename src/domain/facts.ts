import type { MicroDollars } from './money.ts'
import type { OutcomeStatus, WorkItemStatus } from './outcome.ts'
import type { AttributeValue, SpanStatus } from './span.ts'
import type { UsageTotals } from './usage.ts'

/** Waste classes, in the order in which a dollar is claimed: each dollar is in one class only. */
export const WASTE_CLASSES = [
  'failed_call',
  'loop',
  'superseded_attempt',
  'after_decision',
  'unused_documents',
  'excess_context',
  'oversized_model',
] as const
export type WasteClass = (typeof WASTE_CLASSES)[number]

/** What one model did in a run. `costMicros` is the known part. */
export interface ModelUse {
  model: string
  provider: string | null
  calls: number
  unpricedCalls: number
  inputTokens: number | null
  outputTokens: number | null
  costMicros: MicroDollars
}

/** What one step name did in a run, loops folded. */
export interface StepUse {
  name: string
  kind: string
  /** The model of the step's calls; null where it made none or several. */
  model: string | null
  calls: number
  failed: number
  inputTokens: number | null
  costMicros: MicroDollars
}

/** What one document did in a run. */
export interface DocumentUse {
  id: string
  retrieved: number
  /** Null: no emitter said whether it was used. */
  used: boolean | null
  /**
   * Its length in tokens over all retrievals, each counted once; null (absent in facts built before it was kept) where
   * no emitter told its length or its content.
   */
  tokens?: number | null
}

/** One wide row per run (one agent attempt, one trace). Costs are the known part; coverage tells the rest. */
export interface RunFact {
  traceId: string
  workflow: string
  workItemId: string
  /** 1, 2, 3 … as given, else in order of start within the work item. */
  attempt: number
  attemptInferred: boolean
  status: SpanStatus
  agentName: string | null
  agentVersion: string | null
  promptVersion: string | null
  startedAt: Date
  endedAt: Date | null
  /** Known cost of the counted model calls. */
  modelCostMicros: MicroDollars
  /** Known tool fees; null where no tool reported one. */
  toolCostMicros: MicroDollars | null
  pricedCalls: number
  unpricedCalls: number
  usage: UsageTotals
  /** Some of the usage was counted with a tokenizer, not reported. */
  usageEstimated: boolean
  /** Reported by a container beyond what its children account for. */
  unexplainedTokens: number | null
  models: ModelUse[]
  steps: StepUse[]
  documents: DocumentUse[]
  tools: string[]
  /** Waste that is visible inside the run alone; what needs other runs is classified in analysis. */
  waste: Partial<Record<WasteClass, MicroDollars>>
  workItemAttributes: Record<string, AttributeValue>
  decision: string | null
  rules: string[]
  /** First instant at which Docket had recorded this version of the row. */
  knownFrom: Date
}

/** One wide row per work item, as of an instant and as known at an instant. */
export interface WorkItemFact {
  workflow: string
  workItemId: string
  attributes: Record<string, AttributeValue>
  status: WorkItemStatus
  /** When the outcome that holds took effect, if it closes the item. */
  closedAt: Date | null
  /** The item was closed before and reopened since. */
  reopened: boolean
  valueMicros: MicroDollars | null
  /** In order of attempt. */
  runs: RunFact[]
  attempts: number
  runsMicros: MicroDollars
  toolsMicros: MicroDollars | null
  /** Known part of correction minutes × rate; null where there were corrections and none could be priced. */
  correctionsMicros: MicroDollars | null
  /** Overrides in order of time; `costMicros` null where minutes or rate are unknown. */
  overrides: CorrectionFact[]
  /** Every outcome up to the standpoint, in order of time. */
  outcomes: OutcomeStep[]
  corrections: number
  unpricedCorrections: number
  correctionMinutes: number | null
  /** runs + tools + corrections, the known parts. */
  totalMicros: MicroDollars
  pricedCalls: number
  unpricedCalls: number
  usage: UsageTotals
  /** Resolved by its first attempt, without a correction. */
  firstTry: boolean
  startedAt: Date
}

/** One human correction, as far as facts need it. */
export interface CorrectionFact {
  id: string
  occurredAt: Date
  minutes: number | null
  costMicros: MicroDollars | null
  agentDecision: string
  humanDecision: string
  reason: string
  rule: string | null
  actor: string
  traceId: string | null
}

/** An outcome in time order, as far as facts need it. */
export interface OutcomeStep {
  status: OutcomeStatus
  occurredAt: Date
}
