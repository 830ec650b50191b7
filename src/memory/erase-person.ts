import type { Override } from '../domain/override.ts'
import type { Db } from '../store/client.ts'
import { appendAuditEntries } from '../store/queries/append-audit-entries.ts'
import {
  eraseDeciders,
  eraseMemoryVersions,
  eraseOverrides,
  eraseResolvers,
  eraseSavedDecisions,
} from '../store/queries/erase-memory.ts'
import { eraseMentions, listMentions } from '../store/queries/erase-mentions.ts'
import { markChangedWorkItems, markPendingMemory } from '../store/queries/mark-changes.ts'
import {
  listTracesOfItems,
  loadAllocationDecisions,
  loadOverrides,
  loadOverridesOfItems,
} from '../store/queries/memory-sources.ts'

export interface Erasure {
  overrides: number
  allocationDecisions: number
  savedDecisions: number
  workItems: number
  /** Kept answers, plans of threads, refused bodies, notes of uses: emptied or deleted where they held the name. */
  mentions: number
  /** Entries in which other people still name the person: look at them by hand. */
  stillNamedIn: string[]
}

const MOST_NAMED = 100

/**
 * Erases a person: their name and words in overrides, saved decisions, decisions and outcomes, and in what memory made of
 * them, older versions included. Tombstones stay, each erasure is an entry of the audit chain, and the chain stays valid
 * since it holds hashes only. Raw spans go by retention; the name of who confirmed a rule stays with the rule.
 */
export async function erasePerson(db: Db, actor: string, now: Date): Promise<Erasure> {
  return db.transaction(async (tx) => {
    const overrideKeys = await eraseOverrides(tx, actor, now)
    const overrides = overrideKeys.length > 0 ? await loadOverrides(tx, overrideKeys) : []
    const decided = await eraseDeciders(tx, actor)
    const decisions =
      decided.length > 0
        ? await loadAllocationDecisions(
            tx,
            decided.map((row) => row.id),
          )
        : []
    const saved = await eraseSavedDecisions(tx, actor)
    const resolved = await eraseResolvers(tx, actor)
    await appendAuditEntries(tx, [
      ...overrides.map((override) => ({
        kind: 'override_erased' as const,
        subjectWorkflow: override.workflow,
        subjectId: override.id,
        content: override satisfies Override,
        recordedAt: now,
      })),
      ...decisions
        .filter((decision) => decision.status === 'approved' || decision.status === 'rejected')
        .map((decision) => ({
          kind: 'allocation_decision' as const,
          subjectWorkflow: decision.workflow,
          subjectId: decision.id,
          content: decision,
          recordedAt: now,
        })),
    ])
    const items = [...resolved, ...overrides.map((row) => ({ workflow: row.workflow, id: row.workItemId }))]
    await eraseMemoryVersions(tx, [...saved, ...decided], items)
    // Their packed facts hold the person's words too.
    await markChangedWorkItems(
      tx,
      items.map(({ workflow, id }) => ({ workflow, workItemId: id })),
      now,
    )
    // Other people's overrides of those items were emptied too, and are made again.
    const told = items.length > 0 ? await loadOverridesOfItems(tx, items) : []
    const traces = items.length > 0 ? await listTracesOfItems(tx, items) : []
    const mentions = await eraseMentions(tx, actor)
    await markPendingMemory(
      tx,
      [
        ...told.map(({ workflow, id }) => ({ kind: 'override' as const, workflow, sourceId: id })),
        ...traces.map(({ traceId, workflow }) => ({ kind: 'run' as const, workflow, sourceId: traceId })),
        ...decided.map(({ workflow, id }) => ({ kind: 'allocation' as const, workflow, sourceId: id })),
        ...saved.map(({ workflow, id }) => ({ kind: 'decision' as const, workflow, sourceId: id })),
      ],
      now,
    )
    return {
      overrides: overrides.length,
      allocationDecisions: decisions.length,
      savedDecisions: saved.length,
      workItems: new Set(items.map((item) => JSON.stringify([item.workflow, item.id]))).size,
      mentions,
      stillNamedIn: await listMentions(tx, actor, MOST_NAMED),
    }
  })
}
