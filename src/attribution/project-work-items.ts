import type { WorkItemFact } from '../domain/facts.ts'
import type { Db } from '../store/client.ts'
import {
  type ChangedWorkItem,
  claimChangedWorkItem,
  claimChangedWorkItems,
  deleteWorkItems,
  forgetChangedWorkItems,
  postponeChangedWorkItem,
  upsertWorkItems,
} from '../store/queries/project-work-items.ts'
import { markGone, markUnpacked } from '../store/queries/unpacked-items.ts'
import { keyOfWorkItem, type WorkItemKey } from '../store/queries/work-item-keys.ts'
import { loadFactsOfWorkItems } from './load-work-item-facts.ts'
import { messageOf } from './message-of.ts'

export interface FailedWorkItem extends WorkItemKey {
  message: string
}

export interface WorkItemBatch {
  done: number
  failed: FailedWorkItem[]
  /** As many were waiting as the batch could take. */
  full: boolean
}

/**
 * Projects a batch of changed items onto their rows, in one transaction. Where the database refuses the batch, each item
 * is tried by itself; a bad one stays marked, at the end of the list.
 */
export async function projectWorkItems(db: Db, limit: number, now: Date): Promise<WorkItemBatch> {
  let keys: ChangedWorkItem[] = []
  const batch: WorkItemBatch = { done: 0, failed: [], full: false }
  try {
    await db.transaction(async (tx) => {
      keys = await claimChangedWorkItems(tx, limit)
      await projectClaimed(tx, keys, now)
    })
    batch.done = keys.length
  } catch (error) {
    if (keys.length === 0) throw error
    await projectOneByOne(db, keys, now, batch)
  }
  return { ...batch, full: keys.length === limit }
}

async function projectOneByOne(db: Db, keys: readonly WorkItemKey[], now: Date, batch: WorkItemBatch): Promise<void> {
  for (const key of keys) {
    try {
      await db.transaction(async (tx) => projectClaimed(tx, await claimChangedWorkItem(tx, key), now))
      batch.done += 1
    } catch (error) {
      await postponeChangedWorkItem(db, key, now)
      batch.failed.push({ ...key, message: messageOf(error) })
    }
  }
}

/** The day that an item was packed with, and the one that it belongs to now, are packed again; until then its rows are read. */
async function projectClaimed(tx: Db, keys: readonly ChangedWorkItem[], now: Date): Promise<void> {
  const changed = keys.filter((key) => !key.ratesOnly)
  const facts = await loadFactsOfWorkItems(tx, keys, { asOf: null, knownAt: null })
  await markUnpacked(tx, changed, now)
  await upsertWorkItems(
    tx,
    facts.map((fact) => toRow(fact, now)),
  )
  await markUnpacked(tx, changed, now)
  const found = new Set(facts.map(keyOfWorkItem))
  const gone = keys.filter((key) => !found.has(keyOfWorkItem(key)))
  await markGone(tx, gone, now)
  await deleteWorkItems(tx, gone)
  await forgetChangedWorkItems(tx, keys)
}

function toRow(fact: WorkItemFact, updatedAt: Date) {
  const { workItemId, workflow, attributes, status, startedAt, closedAt } = fact
  const { attempts, corrections, totalMicros, unpricedCalls } = fact
  const standing = { workItemId, workflow, attributes, status, startedAt, closedAt }
  return { ...standing, attempts, corrections, totalMicros, unpricedCalls, updatedAt }
}
