import { tierOf } from '../../domain/service-tier.ts'
import { MODEL_CALL_KINDS, type Span, type SpanContext, type SpanStatus } from '../../domain/span.ts'
import { setAttribute } from '../otlp/any-value.ts'
import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import { spanKindOf } from '../span-kind.ts'
import { textAt } from './attributes.ts'
import { docketAttributes, docketContext, docketDecision, retriedSpan } from './docket-attributes.ts'
import { normaliseUsage } from './normalise-usage.ts'
import type { Reading } from './reading.ts'
import { type SpokenDialects, spokenDialects } from './spoken-dialects.ts'

/** One OTLP span, in whatever dialect it is, as Docket's. */
export function readSpan(raw: RawSpan): Span {
  const spoken = spokenDialects(raw)
  const reading = mergeReadings(spoken.dialects.map((dialect) => dialect.read(raw)))
  const docket = docketAttributes(raw, reading.metadata ?? {})
  const decision = docketDecision(docket)
  const { usage, ambiguity } = normaliseUsage(reading.usage)
  const error = reading.error ?? errorOf(raw)
  const kind = spanKindOf(textAt(docket, 'docket.kind') ?? '') ?? reading.kind ?? (decision ? 'decision' : 'other')
  return {
    traceId: raw.traceId,
    spanId: raw.spanId,
    parentId: raw.parentId,
    kind,
    name: reading.name ?? raw.name,
    startedAt: raw.startedAt,
    endedAt: raw.endedAt,
    status: statusOf(raw, error),
    error,
    model: limited(reading.model),
    provider: limited(providerOf(reading.provider)),
    // A step that hands on a model's answer may carry its id too.
    responseId: MODEL_CALL_KINDS.includes(kind) || kind === 'other' ? limited(reading.responseId) : null,
    usage,
    usageEstimated: false,
    usageAmbiguity: ambiguity,
    costUsd: reading.costUsd != null && reading.costUsd >= 0 && reading.costUsd < 1e9 ? reading.costUsd : null,
    retryOf: retriedSpan(docket),
    serviceTier: limited(tierOf(reading.serviceTier ?? reading.requestedTier)),
    input: reading.input ?? null,
    output: reading.output ?? null,
    documents: reading.documents ?? [],
    tool: reading.tool ?? null,
    decision,
    evaluations: reading.evaluations ?? [],
    attributes: keptAttributes(raw, spoken),
    context: contextOf(raw, reading, docketContext(docket)),
    dialect: spoken.dialects[0]!.name,
    synthetic: false,
  }
}

/** Field by field the first dialect that says something; usage is taken whole from one of them, metadata from all. */
function mergeReadings(readings: readonly Reading[]): Reading {
  const merged: Record<string, unknown> = {}
  let metadata: Attributes = {}
  for (const reading of readings) {
    for (const field in reading) {
      const value = reading[field as keyof Reading]
      if (isUnsaid(merged[field]) && !isUnsaid(value)) merged[field] = value
    }
    if (reading.metadata) metadata = { ...reading.metadata, ...metadata }
  }
  return { ...merged, metadata }
}

const isUnsaid = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/**
 * Docket's own names are the surest; then the dialect's for workflow and agent, with the session as the work item; then
 * the service's. What stands below the highest is kept as its fallback, for the whole trace to decide.
 */
function contextOf(raw: RawSpan, reading: Reading, docket: SpanContext | null): SpanContext {
  const service = textAt(raw.resource, 'service.name')
  const serviceName = service?.startsWith('unknown_service') ? null : service
  const agent = {
    agentName: limited(reading.agentName),
    agentVersion: limited(reading.agentVersion ?? textAt(raw.resource, 'service.version')),
    promptVersion: limited(reading.promptVersion),
  }
  const named = {
    authority: reading.workflow ? ('dialect' as const) : ('service' as const),
    workflow: limited(reading.workflow ?? serviceName ?? reading.agentName),
    workItemId: limited(reading.session ?? textAt(raw.resource, 'session.id')),
    ...agent,
  }
  if (!docket) return withoutUnknown(named)
  return withoutUnknown({
    ...docket,
    agentName: docket.agentName ?? agent.agentName,
    agentVersion: docket.agentVersion ?? agent.agentVersion,
    promptVersion: docket.promptVersion ?? agent.promptVersion,
    fallback: { authority: named.authority, workflow: named.workflow, workItemId: named.workItemId },
  })
}

/** Stored with every span, so only what is known. */
function withoutUnknown(context: SpanContext): SpanContext {
  const known: Partial<Record<keyof SpanContext, unknown>> = {}
  for (const field in context) {
    const value = context[field as keyof SpanContext]
    if (value !== null) known[field as keyof SpanContext] = value
  }
  return known as unknown as SpanContext
}

const limited = (text: string | null | undefined) => text?.slice(0, 255) ?? null

/** `openai.chat` and `anthropic.messages` name an API of the provider; `aws.bedrock` and `az.ai.openai` are names. */
function providerOf(provider: string | null | undefined): string | null {
  return (
    provider?.replace(/\.(?:chat|responses|completion|messages|embedding|generative-ai|generateContent)$/, '') ?? null
  )
}

function errorOf(raw: RawSpan): string | null {
  if (raw.statusCode !== 2) return null
  const exception = raw.events.find((event) => event.name === 'exception')?.attributes ?? {}
  return (
    raw.statusMessage ||
    (textAt(exception, 'exception.message', 'exception.type') ?? textAt(raw.attributes, 'error.type') ?? 'error')
  )
}

function statusOf(raw: RawSpan, error: string | null): SpanStatus {
  if (raw.statusCode === 2 || error !== null) return 'error'
  return raw.statusCode === 1 ? 'ok' : 'unset'
}

/** What a resource says of the machine and the exporter, which nobody asks a span about; Docket's names are in the context. */
const MACHINE = /^(?:host|process|os|telemetry|container|k8s|cloud|faas|docket)\./

/** Every attribute but the payloads, which are kept as input, output, documents and tool. */
function keptAttributes(raw: RawSpan, spoken: SpokenDialects): Attributes {
  const kept: Attributes = { ...withoutMachine(raw.resource) }
  for (const name in raw.attributes) if (!spoken.isPayload(name)) setAttribute(kept, name, raw.attributes[name])
  return kept
}

/** By the resource itself, which all spans of an export share. */
const keptResources = new WeakMap<Attributes, Attributes>()

function withoutMachine(resource: Attributes): Attributes {
  const known = keptResources.get(resource)
  if (known) return known
  const kept = Object.fromEntries(Object.entries(resource).filter(([name]) => !MACHINE.test(name)))
  keptResources.set(resource, kept)
  return kept
}
