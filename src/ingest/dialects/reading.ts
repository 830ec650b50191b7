import type { Evaluation, RetrievedDocument, SpanKind, ToolCall } from '../../domain/span.ts'
import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import type { ReportedUsage } from './normalise-usage.ts'

/** What one dialect understands of a span. Absent is not said. */
export interface Reading {
  kind?: SpanKind | null
  name?: string | null
  model?: string | null
  provider?: string | null
  responseId?: string | null
  /** The price tier that served the call, by its answer. */
  serviceTier?: string | null
  /** The tier that was asked for: holds where no dialect knows which one served. */
  requestedTier?: string | null
  usage?: ReportedUsage | null
  /** Dollars. */
  costUsd?: number | null
  input?: string | null
  output?: string | null
  documents?: RetrievedDocument[]
  tool?: ToolCall | null
  evaluations?: Evaluation[]
  error?: string | null
  session?: string | null
  workflow?: string | null
  agentName?: string | null
  agentVersion?: string | null
  promptVersion?: string | null
  /** What the sender attached of its own, under its own names. */
  metadata?: Attributes
}

/** One way of writing spans: a pure mapping. */
export interface Dialect {
  name: string
  /** Names of attributes that are the dialect's own: a span that has one speaks it. */
  marks?: RegExp
  /** Whether the span speaks it by anything else. */
  isMarked?(span: RawSpan): boolean
  read(span: RawSpan): Reading
  /** Attributes whose content ends up in the reading's input, output, documents or tool, so they are not kept twice. */
  payloads: RegExp
}
