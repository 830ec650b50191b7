import type { MemoryEntry } from '../domain/memory-entry.ts'
import type { Db } from '../store/client.ts'
import { loadOutcomesOfItems } from '../store/queries/memory-sources.ts'

/** Sets the outcome of entries about work items to the one that held, or was known to hold, at the standpoint. */
export async function restoreOutcomes(
  db: Db,
  entries: readonly MemoryEntry[],
  standpoint: { asOf?: Date | undefined; knownAt?: Date | undefined },
): Promise<void> {
  const about = entries.filter(
    (entry) => entry.workflow !== null && entry.workItemId !== null && entry.outcome !== null,
  )
  if (about.length === 0) return
  const outcomes = await loadOutcomesOfItems(
    db,
    about.map((entry) => ({ workflow: entry.workflow!, id: entry.workItemId! })),
  )
  const { asOf, knownAt } = standpoint
  const visible = outcomes.filter(
    (outcome) => (!asOf || outcome.occurredAt <= asOf) && (!knownAt || outcome.recordedAt <= knownAt),
  )
  for (const entry of about) {
    const holding = visible.findLast(
      (outcome) => outcome.workflow === entry.workflow && outcome.workItemId === entry.workItemId,
    )
    entry.outcome = holding?.status ?? null
    entry.sources = entry.sources.filter((source) => source.kind !== 'outcome')
    if (holding) entry.sources.push({ kind: 'outcome', id: holding.id })
  }
}
