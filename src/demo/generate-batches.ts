import { type Bodies, type ChangeBody, happenedBefore, type OperatingMetricBody } from './bodies.ts'
import { CURRENT_WEEK, type DemoCalendar } from './calendar.ts'
import { claimsOfWeek } from './claims.ts'
import { invoicesOfWeek } from './invoices.ts'
import { changeEvents, operatingMetrics } from './surroundings.ts'
import { ticketsOfWeek } from './tickets.ts'

/** What is sent together: the load can stop after each batch and go on with the next. */
export interface Batch {
  /** What a person who waits reads. */
  label: string
  bodies: Bodies & { changes: ChangeBody[]; operatingMetrics: OperatingMetricBody[] }
}

const WORKFLOWS = [
  ['claims', claimsOfWeek],
  ['tickets', ticketsOfWeek],
  ['invoices', invoicesOfWeek],
] as const

/** One batch for what stands around the work, then one for each week of each workflow, oldest first. */
export const BATCH_COUNT = 1 + (CURRENT_WEEK + 1) * WORKFLOWS.length

/** Batch `index`, by itself: none depends on an earlier one, so a resumed load makes only what is missing. */
export function generateBatch(calendar: DemoCalendar, index: number): Batch {
  const nothingElse = { changes: [], operatingMetrics: [] }
  if (index === 0) {
    const changes = changeEvents(calendar).filter(({ occurredAt }) => Date.parse(occurredAt) < calendar.end.getTime())
    return {
      label: 'workflows and change events',
      bodies: { traces: [], outcomes: [], overrides: [], changes, operatingMetrics: operatingMetrics(calendar) },
    }
  }
  const week = Math.floor((index - 1) / WORKFLOWS.length)
  const [workflow, bodiesOfWeek] = WORKFLOWS[(index - 1) % WORKFLOWS.length]!
  const bodies = happenedBefore(bodiesOfWeek(calendar, week), calendar.end)
  return { label: `${workflow}, week ${week + 1} of ${CURRENT_WEEK + 1}`, bodies: { ...bodies, ...nothingElse } }
}
