import type { MicroDollars } from '../domain/money.ts'
import { CLOSING_STATUSES, ORDER_OF_OUTCOMES_AT_ONCE, type Outcome, type WorkItemStatus } from '../domain/outcome.ts'
import { compareText } from './collapse-copies.ts'

/** In order of when they took effect; at once: of status, then of id. When they arrived makes no difference. */
export function orderOutcomes(outcomes: readonly Outcome[]): readonly Outcome[] {
  if (outcomes.length < 2) return outcomes
  return [...outcomes].sort(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || rankOf(a) - rankOf(b) || compareText(a.id, b.id),
  )
}

const rankOf = ({ status }: Outcome): number => ORDER_OF_OUTCOMES_AT_ONCE.indexOf(status)

/** What became of an item. */
export interface Standing {
  status: WorkItemStatus
  closedAt: Date | null
  reopened: boolean
  valueMicros: MicroDollars | null
  resolvedBy: string | null
}

/**
 * The last outcome holds. It closes the item unless it is `reopened`. Its value, where it names none, is that of the
 * outcomes of the same status directly before it: a repetition does not take a value back.
 */
export function findStanding(ordered: readonly Outcome[]): Standing {
  const holding = ordered.at(-1)
  if (!holding) return { status: 'open', closedAt: null, reopened: false, valueMicros: null, resolvedBy: null }
  const closes = CLOSING_STATUSES.includes(holding.status)
  const streakStart = ordered.findLastIndex((outcome) => outcome.status !== holding.status) + 1
  const streak = ordered.slice(streakStart)
  const firstClose = ordered.findIndex((outcome) => CLOSING_STATUSES.includes(outcome.status))
  return {
    status: holding.status,
    closedAt: closes ? holding.occurredAt : null,
    reopened: firstClose >= 0 && ordered.slice(firstClose).some((outcome) => outcome.status === 'reopened'),
    valueMicros: closes ? (streak.findLast((outcome) => outcome.valueMicros !== null)?.valueMicros ?? null) : null,
    resolvedBy: closes ? (streak.findLast((outcome) => outcome.resolvedBy !== null)?.resolvedBy ?? null) : null,
  }
}
