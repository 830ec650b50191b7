import { z } from 'zod'
import { type Members, membersOf } from '../ingest/read-members.ts'
import type { Receipt } from '../ingest/receipt.ts'
import { receiveChanges } from '../ingest/receive-changes.ts'
import { receiveOperatingMetrics } from '../ingest/receive-operating-metrics.ts'
import { receiveOutcomes } from '../ingest/receive-outcomes.ts'
import { receiveOverrides } from '../ingest/receive-overrides.ts'
import { receiveTraces } from '../ingest/receive-traces.ts'
import type { Database, Db } from '../store/client.ts'
import { getMarker } from '../store/queries/get-marker.ts'
import { getOrCreateMarker } from '../store/queries/get-or-create-marker.ts'
import { putMarker } from '../store/queries/put-marker.ts'
import { putWorkflow } from '../store/queries/put-workflow.ts'
import { createCalendar } from './calendar.ts'
import { BATCH_COUNT, type Batch, generateBatch } from './generate-batches.ts'
import { WORKFLOW_SETTINGS } from './surroundings.ts'

const MARKER = 'demo'

/** How far the load is. The instant and the zone of the first load fix the weeks, however often it is resumed. */
const DemoProgress = z.object({
  loadedAt: z.iso.datetime().transform((text) => new Date(text)),
  timeZone: z.string(),
  batchesDone: z.int().nonnegative(),
})

export interface LoadDemoOptions {
  now: Date
  /** IANA time zone whose weeks the story is laid in. */
  timeZone: string
  /** Called before the first batch and after each one. */
  onProgress?: (done: number, total: number, label: string) => void
}

/** Traces of one transaction: few enough that a server goes on answering between them. */
const TRACES_A_CALL = 150

/**
 * Loads the demo workspace by way of ingest, batch by batch, each committed before it is marked as done. After a crash it
 * goes on where it stopped; when complete, it does nothing. Returns whether anything was loaded.
 * Throws where ingest refuses a body: that is a fault of the generator.
 */
export async function loadDemo(database: Database, options: LoadDemoOptions): Promise<{ loaded: boolean }> {
  const { db } = database
  const first = { loadedAt: options.now.toISOString(), timeZone: options.timeZone, batchesDone: 0 }
  const progress = DemoProgress.parse(await getOrCreateMarker(db, MARKER, first, options.now))
  const { loadedAt, timeZone, batchesDone } = progress
  if (batchesDone >= BATCH_COUNT) return { loaded: false }
  const calendar = createCalendar(loadedAt, timeZone)
  options.onProgress?.(batchesDone, BATCH_COUNT, 'starting')
  if (batchesDone === 0) {
    for (const [name, settings] of Object.entries(WORKFLOW_SETTINGS)) await putWorkflow(db, name, settings, loadedAt)
  }
  for (let index = batchesDone; index < BATCH_COUNT; index++) {
    const batch = generateBatch(calendar, index)
    await sendBatch(db, batch, loadedAt)
    await putMarker(db, MARKER, { loadedAt: loadedAt.toISOString(), timeZone, batchesDone: index + 1 }, options.now)
    options.onProgress?.(index + 1, BATCH_COUNT, batch.label)
  }
  return { loaded: true }
}

type Receive = (db: Db, members: Members, context: { now: Date; source: string }) => Promise<Receipt>

async function sendBatch(db: Db, { bodies, label }: Batch, now: Date): Promise<void> {
  const send = async (receive: Receive, values: readonly unknown[]): Promise<void> => {
    if (values.length === 0) return
    const { rejected } = await receive(db, membersOf(values), { now, source: 'demo' })
    const [refusal] = rejected
    if (refusal) throw new Error(`Demo, ${label}: body ${refusal.index} refused at ${refusal.path}: ${refusal.message}`)
    // Lets requests that came in meanwhile have their turn: the embedded database works on this thread.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await send(receiveChanges, bodies.changes)
  await send(receiveOperatingMetrics, bodies.operatingMetrics)
  for (let start = 0; start < bodies.traces.length; start += TRACES_A_CALL) {
    await send(receiveTraces, bodies.traces.slice(start, start + TRACES_A_CALL))
  }
  await send(receiveOutcomes, bodies.outcomes)
  await send(receiveOverrides, bodies.overrides)
}

/** How far an earlier load came; a partial one is resumed by `loadDemo`. */
export async function readDemoProgress(db: Db): Promise<'none' | 'partial' | 'complete'> {
  const marker = await getMarker(db, MARKER)
  if (marker === null) return 'none'
  return DemoProgress.parse(marker).batchesDone >= BATCH_COUNT ? 'complete' : 'partial'
}
