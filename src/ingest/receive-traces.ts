import { TraceInput } from '../domain/trace.ts'
import type { Db } from '../store/client.ts'
import { findFullestCopies } from '../store/queries/find-fullest-copies.ts'
import type { SpanRow } from '../store/queries/insert-spans.ts'
import { attemptBreach, dollarsBreach, firstBreach, type LimitBreach, timeBreach } from './check-limits.ts'
import { type NormalisedTrace, normaliseTrace } from './normalise-trace.ts'
import { parseMember } from './parse-member.ts'
import { type Copy, fullestCopies, isFuller, prepareSpan, spanKey } from './prepare-spans.ts'
import type { Members } from './read-members.ts'
import { type Receipt, type Rejection, receiptOf } from './receipt.ts'
import { recordRefusals } from './record-refusals.ts'
import { writeSpans } from './write-spans.ts'

/**
 * Stores native traces. A trace that says nothing new is a duplicate; one with further steps or fuller content is
 * merged into what is there and accepted. Committed when the promise resolves.
 */
export async function receiveTraces(
  db: Db,
  members: Members,
  context: { now: Date; source: string },
): Promise<Receipt> {
  const traces: NormalisedTrace[] = []
  const rejected: Rejection[] = []
  const warnings: Rejection[] = []
  for (const member of members) {
    const { index } = member
    const parsed = parseMember(TraceInput, member)
    const breach = parsed.ok ? traceBreach(parsed.value) : parsed
    if (!parsed.ok || breach) {
      rejected.push({ index, path: breach!.path, message: breach!.message })
      continue
    }
    const trace = normaliseTrace(parsed.value, context.now)
    traces.push(trace)
    for (const warning of [...parsed.warnings, ...trace.warnings]) warnings.push({ index, ...warning })
  }
  const accepted = await storeTraces(db, traces, context.now)
  const contentAt = new Map(members.map((member) => [member.index, 'value' in member ? member.value : '']))
  await recordRefusals(
    db,
    rejected.map((rejection) => ({ ...rejection, content: contentAt.get(rejection.index) })),
    context,
  )
  return receiptOf({ accepted, duplicates: traces.length - accepted }, rejected, warnings)
}

/** Returns how many of the traces said something new. */
async function storeTraces(db: Db, traces: readonly NormalisedTrace[], now: Date): Promise<number> {
  if (traces.length === 0) return 0
  const traceIds = [...new Set(traces.map((trace) => trace.traceId))]
  const known = new Map<string, Copy>()
  for (const copy of await findFullestCopies(db, traceIds)) known.set(spanKey(copy), copy)
  const fresh: SpanRow[] = []
  const freshKeys = traces.map((trace) => {
    const rows = trace.spans.map(prepareSpan).filter((row) => {
      const copy = known.get(spanKey(row))
      if (copy && !isFuller(row, copy)) return false
      known.set(spanKey(row), row)
      return true
    })
    fresh.push(...rows)
    return rows.map(spanKey)
  })
  const written = await writeSpans(
    db,
    {
      rows: fullestCopies(fresh),
      outcomes: traces.flatMap((trace) => trace.outcome ?? []),
      workflows: traces.map((trace) => trace.workflow),
    },
    now,
  )
  // Another process may have stored the same meanwhile: then the trace was a duplicate after all.
  return freshKeys.filter((keys) => keys.some((key) => written.has(key))).length
}

function traceBreach(trace: TraceInput): LimitBreach | null {
  return firstBreach(
    timeBreach('startedAt', trace.startedAt),
    timeBreach('endedAt', trace.endedAt),
    timeBreach('outcome.occurredAt', trace.outcome?.occurredAt),
    dollarsBreach('outcome.value', trace.outcome?.value),
    attemptBreach('attempt', trace.attempt),
    ...(trace.steps ?? []).flatMap((step, index) => [
      timeBreach(`steps[${index}].startedAt`, step.startedAt),
      timeBreach(`steps[${index}].endedAt`, step.endedAt),
      dollarsBreach(`steps[${index}].costUsd`, step.costUsd),
      dollarsBreach(`steps[${index}].tool.costUsd`, step.tool?.costUsd),
    ]),
  )
}
