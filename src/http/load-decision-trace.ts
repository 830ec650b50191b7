import { loadWorkItem } from '../attribution/load-work-item.ts'
import type { WorkItemDocument } from '../attribution/work-item-document.ts'
import { type Evidence, loadEvidence } from '../memory/load-evidence.ts'
import type { Db } from '../store/client.ts'
import { listOverrideCandidates, type StoredCandidate } from '../store/queries/override-candidates.ts'

export interface Standpoint {
  asOf: Date | null
  knownAt: Date | null
}

export interface DecisionTrace {
  item: WorkItemDocument
  evidence: Evidence
  /** What people said of its steps that nobody had settled by then. */
  candidates: StoredCandidate[]
}

/** A work item with all that proves it: what its page shows and its export holds. Null where nothing is known of it. */
export async function loadDecisionTrace(
  db: Db,
  { workflow, id }: { workflow: string; id: string },
  standpoint: Standpoint,
): Promise<DecisionTrace | null> {
  const item = await loadWorkItem(db, workflow, id, standpoint)
  if (!item) return null
  const decisions = item.runs.flatMap((run) => run.spans.flatMap((span) => span.decision ?? []))
  const evidence = await loadEvidence(
    db,
    {
      workflow,
      id,
      overrides: item.overrides.map((override) => override.id),
      rules: [...item.overrides.flatMap((one) => one.rule ?? []), ...decisions.flatMap((one) => one.rules ?? [])],
    },
    standpoint.knownAt,
  )
  const said = await listOverrideCandidates(db, { workflow, workItemId: id, limit: MOST_CANDIDATES })
  return { item, evidence, candidates: said.filter((candidate) => wasOpen(candidate, standpoint)) }
}

const MOST_CANDIDATES = 200

function wasOpen({ occurredAt, recordedAt, settledAt }: StoredCandidate, { asOf, knownAt }: Standpoint): boolean {
  if (asOf && occurredAt > asOf) return false
  return knownAt ? recordedAt <= knownAt && (settledAt === null || settledAt > knownAt) : settledAt === null
}

/** The export: one JSON that says what it is and from when. */
export function exportOf({ item, evidence }: DecisionTrace, standpoint: Standpoint, now: Date) {
  const { asOf, knownAt } = standpoint
  return { format: 'docket.decision-trace.1', exportedAt: now, asOf, knownAt, workItem: item, ...evidence }
}

/** A file name that every system takes. */
export function exportName({ workflow, id }: { workflow: string; id: string }): string {
  return `${`${workflow}-${id}`.replace(/[^\w.-]+/g, '_').slice(0, 120)}.decision-trace.json`
}
