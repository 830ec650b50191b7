import { TraceInput } from '../domain/trace.ts'
import type { Db } from '../store/client.ts'
import { attemptBreach, dollarsBreach, firstBreach, type LimitBreach, timeBreach } from './check-limits.ts'
import { type NormalisedTrace, normaliseTrace } from './normalise-trace.ts'
import { parseMember } from './parse-member.ts'
import type { Members } from './read-members.ts'
import { type Receipt, type Rejection, receiptOf } from './receipt.ts'
import { recordRefusals } from './record-refusals.ts'
import { storeTraces } from './store-traces.ts'

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
