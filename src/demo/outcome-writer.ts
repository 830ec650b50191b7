import type { Bodies, OutcomeBody } from './bodies.ts'

export type WriteOutcome = (status: OutcomeBody['status'], occurredAt: Date, more?: Partial<OutcomeBody>) => void

/** Writes the outcomes of one work item, numbered in their order. */
export function createOutcomeWriter(bodies: Bodies, workflow: string, workItemId: string): WriteOutcome {
  let written = 0
  return (status, occurredAt, more = {}) => {
    written += 1
    bodies.outcomes.push({
      id: `${workItemId}-outcome-${written}`,
      workflow,
      workItemId,
      status,
      occurredAt: occurredAt.toISOString(),
      ...more,
    })
  }
}
