import type { Outcome } from '../../domain/outcome.ts'
import type { Override } from '../../domain/override.ts'
import type { AttributeValue } from '../../domain/span.ts'

/** What the entries of one work item's runs and overrides tell beside their own row. */
export interface WorkItemContext {
  attributes: Record<string, AttributeValue>
  /** In order of time. */
  outcomes: Outcome[]
  /** In order of time. */
  overrides: Override[]
}

export const NO_CONTEXT: WorkItemContext = { attributes: {}, outcomes: [], overrides: [] }

/** The outcome that holds: the last to have taken effect, of equals the last to be recorded. */
export function holdingOutcome(context: WorkItemContext): Outcome | null {
  return (
    context.outcomes
      .toSorted(
        (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || a.recordedAt.getTime() - b.recordedAt.getTime(),
      )
      .at(-1) ?? null
  )
}

/** The latest of some instants. */
export function latestOf(first: Date, ...others: (Date | null | undefined)[]): Date {
  return new Date(Math.max(first.getTime(), ...others.map((instant) => instant?.getTime() ?? Number.NEGATIVE_INFINITY)))
}
