import { OUTCOME_STATUSES, type Outcome, type OutcomeStatus } from '../domain/outcome.ts'
import type { Span } from '../domain/span.ts'
import type { Db } from '../store/client.ts'
import { readSpan } from './dialects/read-span.ts'
import type { ExportReading } from './otlp/read-export.ts'
import { fullestCopies, prepareSpan } from './prepare-spans.ts'
import { recordRefusals } from './record-refusals.ts'
import { traceOutcome } from './trace-outcome.ts'
import { writeSpans } from './write-spans.ts'

/** What an export came to. `message` says why spans were rejected. */
export interface ExportReceipt {
  accepted: number
  rejected: number
  message: string
}

/** Spans that are in memory in all their forms at once; between two parts other calls get their turn. */
const SPANS_A_PART = 500

/**
 * Stores the spans of an export, each in its dialect. Committed when the promise resolves. A large export is committed
 * in parts: where one fails, the sender repeats the whole, and what is there already stays as it is.
 */
export async function receiveExport(
  db: Db,
  reading: ExportReading,
  context: { now: Date; source: string },
): Promise<ExportReceipt> {
  const stated: SpanStatement[] = []
  for (let start = 0; start < reading.spans.length; start += SPANS_A_PART) {
    const spans = reading.spans.slice(start, start + SPANS_A_PART).map(readSpan)
    for (const { traceId, spanId, startedAt, endedAt, context: said } of spans) {
      stated.push({ traceId, spanId, startedAt, endedAt, context: said })
    }
    // Which workflow a trace belongs to may be said by a span that has not arrived yet: attribution registers it.
    await writeSpans(db, { rows: fullestCopies(spans.map(prepareSpan)), outcomes: [], workflows: [] }, context.now)
  }
  const traces = Map.groupBy(stated, (span) => span.traceId)
  const outcomes = [...traces].flatMap(([traceId, members]) => outcomesOf(traceId, members, context.now))
  if (outcomes.length > 0) await writeSpans(db, { rows: [], outcomes, workflows: [] }, context.now)
  await recordRefusals(
    db,
    reading.rejected.map((rejection) => ({ ...rejection, index: null })),
    context,
  )
  const [first] = reading.rejected
  const more = reading.rejected.length > 1 ? ` (and ${reading.rejected.length - 1} more)` : ''
  return {
    accepted: reading.spans.length,
    rejected: reading.rejected.length,
    message: first ? `${first.path}: ${first.message}${more}` : '',
  }
}

/** What of a span says whose outcome it states. */
type SpanStatement = Pick<Span, 'traceId' | 'spanId' | 'startedAt' | 'endedAt' | 'context'>

/** Outcomes that spans of one trace state, as far as this export names whose they are. */
function outcomesOf(traceId: string, spans: readonly SpanStatement[], now: Date): Outcome[] {
  const workflow = named(spans, 'workflow')
  const stated = spans.flatMap((span) => (span.context.outcome ? [{ ...span.context.outcome, span }] : []))
  if (workflow === null) return []
  const workItemId = named(spans, 'workItemId') ?? traceId
  return stated.flatMap(({ status, value, occurredAt, span }) => {
    if (!isOutcomeStatus(status)) return []
    const time = occurredAt == null ? null : new Date(occurredAt)
    return [
      traceOutcome(traceId, { workflow, workItemId, status, value: value ?? null, occurredAt: time }, [span], now),
    ]
  })
}

const AUTHORITIES = ['docket', 'dialect', 'service'] as const

/** The word of the highest authority among a trace's spans, of equals that of the earliest span. */
function named(spans: readonly SpanStatement[], field: 'workflow' | 'workItemId'): string | null {
  const contexts = [...spans]
    .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime() || (a.spanId < b.spanId ? -1 : 1))
    .flatMap(({ context }) => (context.fallback ? [context, context.fallback] : [context]))
  for (const authority of AUTHORITIES) {
    const context = contexts.find((one) => one.authority === authority && one[field])
    if (context) return context[field] ?? null
  }
  return null
}

function isOutcomeStatus(status: string): status is OutcomeStatus {
  return (OUTCOME_STATUSES as readonly string[]).includes(status)
}
