import type { Span, SpanContext, SpanStatus } from '../domain/span.ts'

/** Span id of the span that Docket makes to carry a native trace's own fields. */
export const TRACE_ROOT_ID = 'docket:run'

/** A span with nothing known but where and when it is. */
export function emptySpan(place: { traceId: string; spanId: string; startedAt: Date; dialect: string }): Span {
  return {
    ...place,
    parentId: null,
    kind: 'other',
    name: '',
    endedAt: null,
    status: 'unset',
    error: null,
    model: null,
    provider: null,
    responseId: null,
    usage: null,
    usageEstimated: false,
    usageAmbiguity: null,
    costUsd: null,
    retryOf: null,
    serviceTier: null,
    input: null,
    output: null,
    documents: [],
    tool: null,
    decision: null,
    evaluations: [],
    attributes: {},
    context: { authority: 'service' },
    synthetic: false,
  }
}

/** The synthetic root of a run whose own fields are known as a whole. */
export function traceRoot(run: {
  traceId: string
  name: string
  startedAt: Date
  endedAt: Date | null
  status: SpanStatus | null
  context: SpanContext
  dialect: string
}): Span {
  return {
    ...emptySpan({ traceId: run.traceId, spanId: TRACE_ROOT_ID, startedAt: run.startedAt, dialect: run.dialect }),
    kind: 'workflow',
    name: run.name,
    endedAt: run.endedAt,
    status: run.status ?? 'unset',
    context: run.context,
    synthetic: true,
  }
}
