import type { WorkItemFact } from '../domain/facts.ts'
import type { Db } from '../store/client.ts'
import {
  claimChangedWorkItems,
  deleteWorkItems,
  forgetChangedWorkItems,
  upsertWorkItems,
} from '../store/queries/project-work-items.ts'
import { keyOfWorkItem } from '../store/queries/work-item-keys.ts'
import { loadFactsOfWorkItems } from './load-work-item-facts.ts'

/** Projects a batch of changed items onto their rows, in one transaction. */
export async function projectWorkItems(db: Db, limit: number, now: Date): Promise<{ done: number; full: boolean }> {
  return db.transaction(async (tx) => {
    const keys = await claimChangedWorkItems(tx, limit)
    const facts = await loadFactsOfWorkItems(tx, keys, { asOf: null, knownAt: null })
    await upsertWorkItems(
      tx,
      facts.map((fact) => toRow(fact, now)),
    )
    const found = new Set(facts.map(keyOfWorkItem))
    await deleteWorkItems(
      tx,
      keys.filter((key) => !found.has(keyOfWorkItem(key))),
    )
    await forgetChangedWorkItems(tx, keys)
    return { done: keys.length, full: keys.length === limit }
  })
}

function toRow(fact: WorkItemFact, updatedAt: Date) {
  const { workItemId, workflow, attributes, status, startedAt, closedAt } = fact
  const { attempts, corrections, totalMicros, unpricedCalls } = fact
  const standing = { workItemId, workflow, attributes, status, startedAt, closedAt }
  return { ...standing, attempts, corrections, totalMicros, unpricedCalls, updatedAt }
}
