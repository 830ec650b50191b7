import { fullestByKey } from '../domain/span-copy.ts'
import type { Db } from '../store/client.ts'
import type { PendingSource } from '../store/queries/claim-pending-memory.ts'
import { loadTraceSpans } from '../store/queries/load-trace-spans.ts'
import {
  listTracesOfItems,
  loadAllocationDecisions,
  loadChangeEvents,
  loadCurrentRunFacts,
  loadOverrides,
  loadOverridesOfItems,
  loadRuleVersions,
  loadSavedDecisions,
  type RowKey,
} from '../store/queries/memory-sources.ts'
import { listMemoryUses } from '../store/queries/memory-uses.ts'
import type { EntryDraft } from '../store/queries/save-memory-entries.ts'
import { makeAllocationEntry } from './entries/allocation-entry.ts'
import { makeChangeEntry } from './entries/change-entry.ts'
import { makeOverrideEntry } from './entries/override-entry.ts'
import { makeRuleEntry } from './entries/rule-entry.ts'
import { makeRunEntry } from './entries/run-entry.ts'
import { makeSavedDecisionEntry } from './entries/saved-decision-entry.ts'
import { NO_CONTEXT } from './entries/work-item-context.ts'
import { loadWorkItemContexts } from './load-work-item-contexts.ts'

/**
 * The entries that the sources make now. Runs and overrides of one work item tell of each other, so a change of one
 * makes those of the others again. A source that is gone makes none: what was made of it stays.
 */
export async function makeEntries(db: Db, pending: readonly PendingSource[]): Promise<EntryDraft[]> {
  const keysOf = (...kinds: PendingSource['kind'][]): RowKey[] =>
    pending.filter(({ kind }) => kinds.includes(kind)).map(({ workflow, sourceId }) => ({ workflow, id: sourceId }))
  const idsOf = (keys: RowKey[]) => keys.map((key) => key.id)
  const changes = keysOf('change')
  const allocations = idsOf(keysOf('allocation'))
  const decisions = idsOf(keysOf('decision', 'thread'))
  const rules = keysOf('rule')
  return [
    ...(await makeWorkItemEntries(db, keysOf('override'), idsOf(keysOf('run')))),
    ...(changes.length > 0 ? await loadChangeEvents(db, changes) : []).map((change) =>
      makeChangeEntry({ ...change, workflow: change.workflow || null }),
    ),
    ...(allocations.length > 0 ? await loadAllocationDecisions(db, allocations) : []).map(makeAllocationEntry),
    ...(decisions.length > 0 ? await loadSavedDecisions(db, decisions) : []).map(makeSavedDecisionEntry),
    ...newestVersions(rules.length > 0 ? await loadRuleVersions(db, rules) : []).map(makeRuleEntry),
  ]
}

async function makeWorkItemEntries(db: Db, overrideKeys: RowKey[], traceIds: string[]): Promise<EntryDraft[]> {
  const changedOverrides = overrideKeys.length > 0 ? await loadOverrides(db, overrideKeys) : []
  const changedRuns = traceIds.length > 0 ? await loadCurrentRunFacts(db, traceIds) : []
  const items = distinct(
    [...changedOverrides, ...changedRuns].map((row) => ({ workflow: row.workflow, id: row.workItemId })),
  )
  if (items.length === 0) return []
  const overrides = await loadOverridesOfItems(db, items)
  const traces = (await listTracesOfItems(db, items)).map((row) => row.traceId)
  const runs = traces.length > 0 ? await loadCurrentRunFacts(db, traces) : []
  const spans = Map.groupBy(fullestByKey(await loadTraceSpans(db, traces)).values(), (span) => span.traceId)
  const uses = Map.groupBy(await listMemoryUses(db, traces, null), (use) => use.traceId)
  const contexts = await loadWorkItemContexts(db, items, runs)
  const contextOf = (row: { workflow: string; workItemId: string }) =>
    contexts.get(row.workflow, row.workItemId) ?? NO_CONTEXT
  return [
    ...overrides.map((override) => makeOverrideEntry(override, contextOf(override))),
    ...runs.map((run) => makeRunEntry(run, spans.get(run.traceId) ?? [], contextOf(run), uses.get(run.traceId))),
  ]
}

function newestVersions<Row extends { workflow: string; id: string }>(versions: readonly Row[]): Row[] {
  return [...new Map(versions.map((version) => [JSON.stringify([version.workflow, version.id]), version])).values()]
}

function distinct(keys: readonly RowKey[]): RowKey[] {
  return [...new Map(keys.map((key) => [JSON.stringify([key.workflow, key.id]), key])).values()]
}
