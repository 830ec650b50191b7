import type { Database } from '../store/client.ts'
import { attributeTraces, type FailedTrace } from './attribute-traces.ts'
import { type FailedWorkItem, projectWorkItems } from './project-work-items.ts'

/** Small, since a batch is read, worked out and kept in memory whole: with 200 traces calls wait for it, and the collector copies it. */
const TRACES_A_BATCH = 50
const ITEMS_A_BATCH = 100

export interface AttributionLimits {
  /** Traces of one batch. */
  traces?: number
  /** Work items of one batch. */
  workItems?: number
  clock?: () => Date
}

export interface AttributionBatch {
  traces: number
  workItems: number
  /** More is waiting: call again. What failed waits for the next tick instead. */
  remaining: boolean
  failed: FailedTrace[]
  failedWorkItems: FailedWorkItem[]
}

/**
 * Builds the facts of a batch of changed traces and projects a batch of changed work items. Any number of workers may
 * call it at once, and be killed at any time: what is not committed is still marked, and doing it again changes nothing.
 */
export async function attributeChanges(
  { db }: Pick<Database, 'db'>,
  { traces = TRACES_A_BATCH, workItems = ITEMS_A_BATCH, clock = () => new Date() }: AttributionLimits = {},
): Promise<AttributionBatch> {
  const batch = await attributeTraces(db, traces, clock())
  const failed = batch.failed
  // While traces queue, most items would have to be projected again after the next batch.
  if (batch.full && batch.done > 0) {
    return { traces: batch.done, workItems: 0, remaining: true, failed, failedWorkItems: [] }
  }
  const items = await projectWorkItems(db, workItems, clock())
  const remaining = items.full && items.done > 0
  return { traces: batch.done, workItems: items.done, remaining, failed, failedWorkItems: items.failed }
}
