import type { ChangeEvent } from '../domain/change-event.ts'
import type { WorkItemFact } from '../domain/facts.ts'
import { type MicroDollars, toDollars } from '../domain/money.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Override } from '../domain/override.ts'
import type { MemoryUse } from '../store/queries/memory-uses.ts'
import type { FullSpan } from '../store/queries/stored-span.ts'
import type { AttributedSpan } from '../store/schema/facts.ts'
import { documentRun } from './document-run.ts'
import { orderOutcomes } from './order-outcomes.ts'
import type { ChangeDocument, OutcomeDocument, OverrideDocument, WorkItemDocument } from './work-item-document.ts'

export interface WorkItemParts {
  fact: WorkItemFact
  spans: readonly FullSpan[]
  attributed: ReadonlyMap<string, AttributedSpan[]>
  uses: readonly MemoryUse[]
  /** Of the entries that memory gave, by id. */
  titles: ReadonlyMap<string, string>
  outcomes: readonly Outcome[]
  overrides: readonly Override[]
  changes: readonly ChangeEvent[]
}

/** A work item's whole decision trace for the door. Pure. */
export function documentWorkItem({ fact, ...parts }: WorkItemParts): WorkItemDocument {
  const spansOf = Map.groupBy(parts.spans, (span) => span.traceId)
  return {
    workflow: fact.workflow,
    id: fact.workItemId,
    attributes: fact.attributes,
    status: fact.status,
    cost: documentCost(fact),
    usage: fact.usage,
    runs: fact.runs.map((run) =>
      documentRun(
        run,
        spansOf.get(run.traceId) ?? [],
        parts.attributed.get(run.traceId) ?? [],
        parts.uses.filter((use) => use.traceId === run.traceId).map((use) => documentUse(use, parts.titles)),
      ),
    ),
    outcomes: orderOutcomes(parts.outcomes).map(documentOutcome),
    overrides: documentOverrides(fact, parts.overrides),
    changes: parts.changes.map(documentChange),
  }
}

/** Without a priced call the cost of the runs is unknown, and without a known part the total is. */
function documentCost(fact: WorkItemFact): WorkItemDocument['cost'] {
  const runsMicros = fact.pricedCalls > 0 ? fact.runsMicros : null
  const correctionsKnown = fact.corrections > fact.unpricedCorrections
  const anyKnown = runsMicros !== null || fact.toolsMicros !== null || correctionsKnown
  return {
    totalUsd: anyKnown ? toDollars(fact.totalMicros) : null,
    runsUsd: dollarsOf(runsMicros),
    correctionsUsd: dollarsOf(fact.correctionsMicros),
    toolsUsd: dollarsOf(fact.toolsMicros),
    pricedCalls: fact.pricedCalls,
    unpricedCalls: fact.unpricedCalls,
  }
}

const dollarsOf = (micros: MicroDollars | null): number | null => (micros === null ? null : toDollars(micros))

function documentOutcome(outcome: Outcome): OutcomeDocument {
  const value = dollarsOf(outcome.valueMicros)
  const { id, status, resolvedBy, note } = outcome
  return { id, status, resolvedBy, value, valueUsd: value, note, ...documentTimes(outcome) }
}

/** In the fact's order, with the fact's costs. */
function documentOverrides(fact: WorkItemFact, overrides: readonly Override[]): OverrideDocument[] {
  const byId = new Map(overrides.map((override) => [override.id, override]))
  return fact.overrides.flatMap(({ id, costMicros }) => {
    const override = byId.get(id)
    if (!override) return []
    const { workflow, workItemId, occurredAt, recordedAt, ...content } = override
    return [{ ...content, costUsd: dollarsOf(costMicros), ...documentTimes(override) }]
  })
}

function documentUse({ tool, asked, entries, usedAt }: MemoryUse, titles: ReadonlyMap<string, string>) {
  const given = entries.map((id) => ({ id, title: titles.get(id) ?? null }))
  return { tool, asked, entries: given, usedAt: usedAt.toISOString() }
}

function documentChange(change: ChangeEvent): ChangeDocument {
  return { ...change, ...documentTimes(change) }
}

function documentTimes(event: { occurredAt: Date; recordedAt: Date }): { occurredAt: string; recordedAt: string } {
  return { occurredAt: event.occurredAt.toISOString(), recordedAt: event.recordedAt.toISOString() }
}
