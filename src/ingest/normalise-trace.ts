import type { Outcome } from '../domain/outcome.ts'
import { tierOf } from '../domain/service-tier.ts'
import type { Span, SpanContext } from '../domain/span.ts'
import type { TraceInput } from '../domain/trace.ts'
import { traceOutcome } from '../domain/trace-outcome.ts'
import { contentHash } from './content-hash.ts'
import { spanKindOf } from './span-kind.ts'
import { emptySpan, TRACE_ROOT_ID, traceRoot } from './trace-root.ts'

export interface NormalisedTrace {
  traceId: string
  workflow: string
  spans: Span[]
  outcome: Outcome | null
  warnings: { path: string; message: string }[]
}

type StepInput = NonNullable<TraceInput['steps']>[number]

/** What a step says of the run as a whole: nothing that the synthetic root does not say. */
const STEP_CONTEXT: SpanContext = { authority: 'docket' }

/** The spans of a native trace: one synthetic root that carries its own fields, and its steps below it. */
export function normaliseTrace(input: TraceInput, now: Date): NormalisedTrace {
  const traceId = input.traceId ?? `trace-${contentHash(input)}`
  const context = contextOf(input, traceId)
  const ids = stepIds(input.steps ?? [])
  const root = traceRoot({
    traceId,
    name: input.agent?.name ?? input.workflow,
    startedAt: input.startedAt,
    endedAt: input.endedAt ?? null,
    status: input.status ?? null,
    context,
    dialect: 'docket',
  })
  const steps = (input.steps ?? []).map((step, index) => spanOf(step, ids[index]!, input, traceId))
  const outcome = input.outcome
    ? traceOutcome(
        traceId,
        {
          workflow: input.workflow,
          workItemId: context.workItemId!,
          status: input.outcome.status,
          value: input.outcome.value ?? null,
          occurredAt: input.outcome.occurredAt ?? null,
        },
        [root, ...steps],
        now,
      )
    : null
  return { traceId, workflow: input.workflow, spans: [root, ...steps], outcome, warnings: repeatedIds(ids) }
}

function contextOf(input: TraceInput, traceId: string): SpanContext {
  const attributes = Object.entries(input.workItem?.attributes ?? {}).filter(([, value]) => value !== null)
  const { outcome } = input
  return {
    authority: 'docket',
    workflow: input.workflow,
    workItemId: input.workItem?.id ?? traceId,
    workItemAttributes: Object.fromEntries(attributes) as NonNullable<SpanContext['workItemAttributes']>,
    attempt: input.attempt ?? null,
    retryOf: input.retryOf ?? null,
    agentName: input.agent?.name ?? null,
    agentVersion: input.agent?.version ?? null,
    promptVersion: input.promptVersion ?? null,
    runStatus: input.status ?? null,
    outcome: outcome
      ? { status: outcome.status, value: outcome.value ?? null, occurredAt: outcome.occurredAt?.toISOString() ?? null }
      : null,
  }
}

function spanOf(step: StepInput, spanId: string, trace: TraceInput, traceId: string): Span {
  const known = spanKindOf(step.kind)
  const { serviceTier: usageTier, ...usage } = step.usage ?? {}
  const kind = known ?? (step.model && step.usage ? 'llm' : 'other')
  return {
    ...emptySpan({ traceId, spanId, startedAt: step.startedAt ?? trace.startedAt, dialect: 'docket' }),
    parentId: step.parentId ?? TRACE_ROOT_ID,
    kind,
    name: step.name ?? step.tool?.name ?? step.kind,
    endedAt: step.endedAt ?? null,
    status: step.status ?? (step.error ? 'error' : 'unset'),
    error: step.error ?? null,
    model: step.model ?? null,
    provider: step.provider ?? null,
    usage: step.usage ? usage : null,
    serviceTier: tierOf(step.serviceTier ?? usageTier ?? tierAmong(step.attributes ?? {})),
    costUsd: step.costUsd ?? null,
    retryOf: step.retryOf ?? null,
    input: textOf(step.input),
    output: textOf(step.output),
    documents: step.documents ?? [],
    tool: step.tool ?? null,
    decision: step.decision
      ? {
          ...step.decision,
          alternatives: step.decision.alternatives ?? [],
          rules: step.decision.rules ?? [],
          precedents: step.decision.precedents ?? [],
        }
      : null,
    attributes: { ...step.attributes, ...(!known && { 'docket.kind': step.kind }) },
    context: STEP_CONTEXT,
  }
}

/** Under the names that providers and the GenAI conventions have for it. */
function tierAmong(attributes: Record<string, unknown>): string | null {
  const names = ['service_tier', 'serviceTier', 'openai.response.service_tier', 'openai.request.service_tier']
  const tier = names.map((name) => attributes[name]).find((value) => typeof value === 'string')
  return typeof tier === 'string' ? tier.slice(0, 255) : null
}

/** The sender's id, else the step's number from 1, marked where another step has that number as its id. */
function stepIds(steps: StepInput[]): string[] {
  const given = new Set(steps.map((step) => step.id))
  return steps.map((step, index) => step.id ?? (given.has(String(index + 1)) ? `#${index + 1}` : String(index + 1)))
}

function repeatedIds(ids: string[]): { path: string; message: string }[] {
  const seen = new Set<string>()
  return ids.flatMap((id, index) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [
      { path: `steps[${index}].id`, message: `"${id}" is used by an earlier step: the fuller of the two is kept` },
    ]
  })
}

export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
