import type { Outcome } from '../domain/outcome.ts'
import type { Db } from '../store/client.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import { deleteOutcomes, listTraceOutcomes, putTraceOutcomes } from '../store/queries/trace-outcomes.ts'
import type { WorkItemKey } from '../store/queries/work-item-keys.ts'
import { findTraceOutcomes } from './find-trace-outcomes.ts'

/** A trace as it stands now, and the work item that it stood under before; null where it is new. */
export interface SettledTrace {
  fact: { traceId: string; workflow: string; workItemId: string }
  before: WorkItemKey | null
  copies: readonly StoredSpan[]
}

/**
 * Makes the outcomes of traces what their spans state now: under the work item that they now name, and without what only a
 * copy stated that a fuller one has replaced. Returns the work items that gained, lost or changed one.
 */
export async function settleTraceOutcomes(tx: Db, traces: readonly SettledTrace[]): Promise<WorkItemKey[]> {
  const stating = traces.flatMap((trace) => {
    const stated = findTraceOutcomes(trace.fact, trace.copies)
    const isNative = trace.copies.some((span) => span.synthetic)
    return stated.length > 0 || isNative || trace.before ? [{ ...trace, stated, isNative }] : []
  })
  if (stating.length === 0) return []
  const stored = await listTraceOutcomes(
    tx,
    stating.map(({ fact, before, stated }) => ({
      traceId: fact.traceId,
      ids: stated.map((outcome) => outcome.id),
      places: [{ ...fact, workItemId: fact.traceId }, fact, ...(before ? [before] : [])],
    })),
  )
  const remove: Outcome[] = []
  const put: Outcome[] = []
  for (const trace of stating) {
    const firstDay = Math.min(...trace.copies.map((span) => dayOf(span.recordedAt)))
    // Retention may have dropped the span that stated it.
    const known = (stored.get(trace.fact.traceId) ?? []).filter((outcome) => dayOf(outcome.recordedAt) >= firstDay)
    const change = compareOutcomes(trace, known)
    remove.push(...change.remove)
    put.push(...change.put)
  }
  await deleteOutcomes(tx, remove)
  await putTraceOutcomes(tx, put)
  return [...remove, ...put].map(({ workflow, workItemId }) => ({ workflow, workItemId }))
}

/**
 * What must go and what must be written. What a native trace stated in an earlier request stays, as an outcome that a later
 * one superseded.
 */
export function compareOutcomes(
  { fact, stated, isNative }: { fact: WorkItemKey; stated: readonly Outcome[]; isNative: boolean },
  stored: readonly Outcome[],
): { remove: Outcome[]; put: Outcome[] } {
  const wanted = new Map(stated.map((outcome) => [outcome.id, outcome]))
  for (const outcome of stored) {
    const same = wanted.get(outcome.id)
    if (same) wanted.set(outcome.id, { ...same, recordedAt: earlier(same.recordedAt, outcome.recordedAt) })
    else if (isNative) wanted.set(outcome.id, { ...outcome, workflow: fact.workflow, workItemId: fact.workItemId })
  }
  const isAsWanted = (outcome: Outcome) => {
    const want = wanted.get(outcome.id)
    return want !== undefined && contentOf(want) === contentOf(outcome)
  }
  const kept = new Set(stored.filter(isAsWanted).map((outcome) => outcome.id))
  return {
    remove: stored.filter((outcome) => !isAsWanted(outcome)),
    put: [...wanted.values()].filter((outcome) => !kept.has(outcome.id)),
  }
}

/** Spans are dropped by the (UTC) day on which they were received. */
const dayOf = (instant: Date): number => Math.floor(instant.getTime() / 86_400_000)

const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

const contentOf = ({ workflow, workItemId, status, valueMicros, occurredAt }: Outcome): string =>
  JSON.stringify([workflow, workItemId, status, valueMicros, occurredAt])
