import type { WorkItemFact } from '../domain/facts.ts'
import type { MicroDollars } from '../domain/money.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Override } from '../domain/override.ts'
import type { AttributeValue } from '../domain/span.ts'
import { addKnown, addUsage, NO_USAGE } from '../domain/usage.ts'
import type { StoredRunFact } from '../store/queries/run-fact-rows.ts'
import { orderAttempts } from './order-attempts.ts'
import { findStanding, orderOutcomes } from './order-outcomes.ts'
import { sumCorrections, toCorrections } from './sum-corrections.ts'

/** All that is known of one work item at a standpoint, in any order; at least one run, outcome or override. */
export interface WorkItemRecords {
  workflow: string
  workItemId: string
  runs: readonly StoredRunFact[]
  outcomes: readonly Outcome[]
  overrides: readonly Override[]
  /** What an hour of a person who corrects costs; null is unknown. */
  correctionRateMicros: MicroDollars | null
}

/** The fact of one work item: all its runs, thrown-away attempts too, with tool fees and human correction. Pure. */
export function buildWorkItemFact(records: WorkItemRecords): WorkItemFact {
  const { workflow, workItemId } = records
  const runs = orderAttempts(records.runs)
  const outcomes = orderOutcomes(records.outcomes)
  const standing = findStanding(outcomes)
  const overrides = toCorrections(records.overrides, records.correctionRateMicros)
  const corrections = sumCorrections(overrides)
  const runsMicros = runs.reduce((sum, run) => sum + run.modelCostMicros, 0)
  const toolsMicros = runs.map((run) => run.toolCostMicros).reduce(addKnown, null)
  const attempts = runs.at(-1)?.attempt ?? 0
  // Field by field: objects made by spreading are slow to read.
  return {
    workflow,
    workItemId,
    attributes: mergeAttributes(runs),
    status: standing.status,
    closedAt: standing.closedAt,
    reopened: standing.reopened,
    valueMicros: standing.valueMicros,
    runs,
    attempts,
    runsMicros,
    toolsMicros,
    correctionsMicros: corrections.correctionsMicros,
    overrides,
    outcomes: outcomes.map(({ status, occurredAt }) => ({ status, occurredAt })),
    corrections: corrections.corrections,
    unpricedCorrections: corrections.unpricedCorrections,
    correctionMinutes: corrections.correctionMinutes,
    totalMicros: runsMicros + (toolsMicros ?? 0) + (corrections.correctionsMicros ?? 0),
    pricedCalls: runs.reduce((sum, run) => sum + run.pricedCalls, 0),
    unpricedCalls: runs.reduce((sum, run) => sum + run.unpricedCalls, 0),
    usage: runs.length === 1 ? runs[0]!.usage : runs.reduce((usage, run) => addUsage(usage, run.usage), NO_USAGE),
    firstTry:
      standing.status === 'resolved' &&
      !standing.reopened &&
      attempts === 1 &&
      overrides.length === 0 &&
      standing.resolvedBy?.toLowerCase() !== 'human',
    startedAt: earliestOf(runs.length > 0 ? runs.map((run) => run.startedAt) : eventsOf(records)),
  }
}

/** What later attempts say of the item stands; what they leave out stays. */
function mergeAttributes(runs: WorkItemFact['runs']): Record<string, AttributeValue> {
  const [first] = runs
  const areSame = first !== undefined && runs.every((run) => run.workItemAttributes === first.workItemAttributes)
  return areSame ? first.workItemAttributes : Object.assign({}, ...runs.map((run) => run.workItemAttributes))
}

/** Outcomes and overrides tell when an item began only where it has no run. */
function eventsOf({ outcomes, overrides }: WorkItemRecords): Date[] {
  return [...outcomes, ...overrides].map((event) => event.occurredAt)
}

function earliestOf(instants: readonly Date[]): Date {
  return new Date(instants.reduce((earliest, instant) => Math.min(earliest, instant.getTime()), Infinity))
}
