import type { MicroDollars } from '../domain/money.ts'
import type { Db } from '../store/client.ts'
import { findLatestRun, findWorkItemsById, listWorkItemCandidates } from '../store/queries/find-work-item-ids.ts'
import { type Candidate, nearestIds } from './nearest-ids.ts'

export interface WorkItemSummary {
  workflow: string
  id: string
  status: string
  attempts: number
  totalMicros: MicroDollars
  /** True where some calls have no price, so that the total is a lower bound. */
  partlyPriced: boolean
  lastTraceId: string | null
  lastDecision: string | null
  lastRunAt: Date | null
}

export type WorkItemLookUp =
  | { kind: 'found'; item: WorkItemSummary }
  | { kind: 'ambiguous'; id: string; workflows: string[] }
  | { kind: 'unknown'; id: string; nearest: Candidate[] }

const CANDIDATES = 5000

/** Finds what `reference` names: an id, or `workflow/id` where the id exists in several workflows. */
export async function lookUpWorkItem(db: Db, reference: string): Promise<WorkItemLookUp> {
  let rows = await findWorkItemsById(db, reference)
  const slash = reference.indexOf('/')
  if (rows.length === 0 && slash > 0) {
    rows = await findWorkItemsById(db, reference.slice(slash + 1), reference.slice(0, slash))
  }
  if (rows.length > 1) return { kind: 'ambiguous', id: reference, workflows: rows.map((row) => row.workflow) }
  const row = rows[0]
  if (!row) {
    const candidates = await listWorkItemCandidates(db, reference, CANDIDATES)
    return { kind: 'unknown', id: reference, nearest: nearestIds(reference, candidates) }
  }
  const run = await findLatestRun(db, row.workflow, row.workItemId)
  return {
    kind: 'found',
    item: {
      workflow: row.workflow,
      id: row.workItemId,
      status: row.status,
      attempts: row.attempts,
      totalMicros: row.totalMicros,
      partlyPriced: row.unpricedCalls > 0,
      lastTraceId: run?.traceId ?? null,
      lastDecision: run?.decision ?? null,
      lastRunAt: run?.startedAt ?? row.startedAt,
    },
  }
}
