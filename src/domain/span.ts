import type { TokenUsage } from './usage.ts'

/** What a step of a run did. Containers (`agent`, `workflow`, `chain`, `step`) hold other steps. */
export const SPAN_KINDS = [
  'llm',
  'embedding',
  'rerank',
  'retrieval',
  'tool',
  'decision',
  'guardrail',
  'evaluation',
  'escalation',
  'human',
  'agent',
  'workflow',
  'chain',
  'step',
  'other',
] as const
export type SpanKind = (typeof SPAN_KINDS)[number]

/** Kinds that are model calls: only their usage counts as it stands. */
export const MODEL_CALL_KINDS: readonly SpanKind[] = ['llm', 'embedding', 'rerank']

export type SpanStatus = 'ok' | 'error' | 'abandoned' | 'unset'

export interface RetrievedDocument {
  id: string
  title?: string | null
  score?: number | null
  /** Null: the emitter did not say whether the document was used. */
  used?: boolean | null
  content?: string | null
  /** Its length, where the emitter says it; else estimated from the content. */
  tokens?: number | null
}

export interface ToolCall {
  name: string
  arguments?: unknown
  result?: unknown
  /** Fee of the call where the emitter knows it. */
  costUsd?: number | null
}

export interface Decision {
  choice: string
  alternatives?: string[]
  rationale?: string | null
  rules?: string[]
  precedents?: string[]
  confidence?: number | null
}

/** An evaluation or annotation that an emitter attached to a span. A human one is a candidate for an override. */
export interface Evaluation {
  name: string
  label?: string | null
  score?: number | null
  explanation?: string | null
  annotator?: 'human' | 'model' | 'code' | null
}

/** What a span says about the run and the work item that it belongs to. Attribution merges it over the whole trace. */
export interface SpanContext {
  /** How sure the names are: Docket's own attributes, a dialect's names, or the service and session only. */
  authority: 'docket' | 'dialect' | 'service'
  workflow?: string | null
  workItemId?: string | null
  workItemAttributes?: Record<string, AttributeValue>
  attempt?: number | null
  /** Trace id of the attempt that this run repeats. */
  retryOf?: string | null
  agentName?: string | null
  agentVersion?: string | null
  promptVersion?: string | null
  /** Status of the whole run, where the emitter gives one. */
  runStatus?: SpanStatus | null
  outcome?: { status: string | null; value?: number | null; occurredAt?: string | null } | null
  /** Parts of a decision on a span that names no choice: they belong to a choice elsewhere in the trace. */
  decisionParts?: Partial<Omit<Decision, 'choice'>> | null
  /** What a lower authority says on the same span: holds where no span of the trace names it with a higher one. */
  fallback?: { authority: 'dialect' | 'service'; workflow?: string | null; workItemId?: string | null }
}

export type AttributeValue = string | number | boolean

/** One normalised span, whatever dialect it came in. Immutable; a fuller copy may replace it. */
export interface Span {
  traceId: string
  spanId: string
  parentId: string | null
  kind: SpanKind
  name: string
  startedAt: Date
  endedAt: Date | null
  status: SpanStatus
  error: string | null
  model: string | null
  provider: string | null
  /** The provider's id of the response: two spans that share it report one call. */
  responseId: string | null
  usage: TokenUsage | null
  /** Tokens were counted by Docket with the model's tokenizer, because the emitter gave none. */
  usageEstimated: boolean
  /** Why the usage may be read in more than one way, e.g. `cached_may_be_exclusive`; null where it is clear. */
  usageAmbiguity: string | null
  /** Cost as the emitter reported it, in dollars. */
  costUsd: number | null
  /** Span id of the step that this one repeats. */
  retryOf: string | null
  /** Price tier such as `batch` or `priority`; null is standard. */
  serviceTier: string | null
  input: string | null
  output: string | null
  documents: RetrievedDocument[]
  tool: ToolCall | null
  decision: Decision | null
  evaluations: Evaluation[]
  attributes: Record<string, unknown>
  context: SpanContext
  /** Which dialect it was read from. */
  dialect: string
  /** Made by Docket to carry a native trace's own fields; never shown as a step. */
  synthetic: boolean
}
