import { setImmediate } from 'node:timers/promises'
import type { Db } from '../store/client.ts'
import {
  type ChangedTrace,
  claimChangedTrace,
  claimChangedTraces,
  countSpanCopies,
  forgetChangedTraces,
  postponeChangedTraces,
} from '../store/queries/changed-traces.ts'
import { listIngestRules } from '../store/queries/ingest-rules.ts'
import { listContractPrices } from '../store/queries/list-contract-prices.ts'
import { loadTraceSpans } from '../store/queries/load-trace-spans.ts'
import { markChangedWorkItems, markPendingMemory } from '../store/queries/mark-changes.ts'
import { markMemoryOfItems } from '../store/queries/mark-memory-of-items.ts'
import { saveOverrideCandidates } from '../store/queries/override-candidates.ts'
import { registerWorkflows } from '../store/queries/register-workflows.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import { addRunFactVersions, type CurrentRunFact, listCurrentRunFacts } from '../store/queries/write-run-facts.ts'
import { findOverrideCandidates } from './find-override-candidates.ts'
import { messageOf } from './message-of.ts'
import { namingBookOf } from './name-by-rules.ts'
import { settleTraceOutcomes } from './settle-trace-outcomes.ts'
import { hasDroppedSpans, type RunFactVersion, versionRunFact } from './version-run-fact.ts'

export interface FailedTrace {
  traceId: string
  message: string
}

export interface TraceBatch {
  done: number
  failed: FailedTrace[]
  /** More traces were waiting than the batch took. */
  full: boolean
}

/** Spans that are in memory at once, unless one trace alone has more. */
const SPANS_PER_BATCH = 20_000
/** Traces that are counted without a pause: a few milliseconds, between which calls get their turn. */
const TRACES_A_TURN = 10

/**
 * Attributes a batch of changed traces in one transaction. Where the database refuses the batch, each trace is tried by
 * itself, so that one bad trace costs the others nothing; it stays marked, at the end of the list.
 */
export async function attributeTraces(db: Db, limit: number, now: Date): Promise<TraceBatch> {
  let claimed: ChangedTrace[] = []
  try {
    return await db.transaction(async (tx) => {
      claimed = await claimChangedTraces(tx, limit)
      return attributeClaimed(tx, claimed, now, claimed.length === limit)
    })
  } catch (error) {
    if (claimed.length === 0) throw error
    return attributeOneByOne(db, claimed, now, claimed.length === limit)
  }
}

async function attributeOneByOne(db: Db, traces: ChangedTrace[], now: Date, full: boolean): Promise<TraceBatch> {
  const batch: TraceBatch = { done: 0, failed: [], full }
  for (const { traceId } of traces) {
    try {
      const part = await db.transaction(async (tx) =>
        attributeClaimed(tx, await claimChangedTrace(tx, traceId), now, false),
      )
      batch.done += part.done
      batch.failed.push(...part.failed)
    } catch (error) {
      await postponeChangedTraces(db, [traceId], now)
      batch.failed.push({ traceId, message: messageOf(error) })
    }
  }
  return batch
}

async function attributeClaimed(tx: Db, claimed: ChangedTrace[], now: Date, full: boolean): Promise<TraceBatch> {
  const traces = await takeWhatFits(tx, claimed)
  const traceIds = traces.map((trace) => trace.traceId)
  const spans = Map.groupBy(await loadTraceSpans(tx, traceIds), (span) => span.traceId)
  const current = new Map((await listCurrentRunFacts(tx, traceIds)).map((fact) => [fact.traceId, fact]))
  const settings = {
    contractPrices: await listContractPrices(tx),
    naming: namingBookOf(await listIngestRules(tx)),
  }
  const versions: RunFactVersion[] = []
  const failed: FailedTrace[] = []
  for (const [index, { traceId, changedAt }] of traces.entries()) {
    if (index % TRACES_A_TURN === 0) await setImmediate()
    try {
      versions.push(...versionRunFact(spans.get(traceId) ?? [], settings, current.get(traceId), changedAt))
    } catch (error) {
      failed.push({ traceId, message: messageOf(error) })
    }
  }
  await writeVersions(tx, versions, current, now)
  const standing = factsOf(versions, current, spans)
  await writeOutcomes(tx, standing, now)
  await saveOverrideCandidates(
    tx,
    standing.flatMap(({ fact, copies }) => findOverrideCandidates(fact, copies)),
  )
  const failedIds = failed.map((trace) => trace.traceId)
  const doneIds = traceIds.filter((traceId) => !failedIds.includes(traceId))
  await postponeChangedTraces(tx, failedIds, now)
  await forgetChangedTraces(tx, doneIds)
  return { done: doneIds.length, failed, full: full || traces.length < claimed.length }
}

async function takeWhatFits(tx: Db, claimed: ChangedTrace[]): Promise<ChangedTrace[]> {
  const copies = await countSpanCopies(
    tx,
    claimed.map((trace) => trace.traceId),
  )
  let total = 0
  return claimed.filter(({ traceId }, index) => {
    total += copies.get(traceId) ?? 0
    return index === 0 || total <= SPANS_PER_BATCH
  })
}

/** A trace with its fact as it now stands, and as it stood before. */
interface StandingTrace {
  fact: Pick<CurrentRunFact, 'traceId' | 'workflow' | 'workItemId' | 'decision'>
  before: CurrentRunFact | null
  copies: readonly StoredSpan[]
}

/** Those too whose fact stays as it was: what became of the item and what people say of a step may come later than the step. */
function factsOf(
  versions: readonly RunFactVersion[],
  current: ReadonlyMap<string, CurrentRunFact>,
  spans: ReadonlyMap<string, StoredSpan[]>,
): StandingTrace[] {
  const latest = new Map(versions.map(({ fact }) => [fact.traceId, fact]))
  return [...spans].flatMap(([traceId, copies]) => {
    const before = current.get(traceId) ?? null
    const fact = latest.get(traceId) ?? before
    return fact ? [{ fact, before, copies }] : []
  })
}

async function writeOutcomes(tx: Db, traces: readonly StandingTrace[], now: Date): Promise<void> {
  const whole = traces.filter(({ before, copies }) => !hasDroppedSpans(copies, before ?? undefined))
  const items = await settleTraceOutcomes(tx, whole)
  await markChangedWorkItems(tx, items, now)
  await markMemoryOfItems(tx, items, now)
}

/** An item that a run left is projected again too. */
async function writeVersions(
  tx: Db,
  versions: readonly RunFactVersion[],
  current: ReadonlyMap<string, CurrentRunFact>,
  now: Date,
): Promise<void> {
  await addRunFactVersions(tx, versions)
  const facts = versions.map((version) => version.fact)
  const left = facts.flatMap((fact) => current.get(fact.traceId) ?? [])
  const items = [...facts, ...left].map(({ workflow, workItemId }) => ({ workflow, workItemId }))
  const workflows = facts.map((fact) => fact.workflow)
  await registerWorkflows(tx, workflows, now)
  await markPendingMemory(
    tx,
    facts.map(({ workflow, traceId }) => ({ kind: 'run', workflow, sourceId: traceId })),
    now,
  )
  await markChangedWorkItems(tx, items, now)
}
