import type { WorkItemFact } from '../../domain/facts.ts'

/** An item's present fact, with every part of its runs, and the instants (milliseconds since 1970) that tell when it holds. */
export interface PackableItem {
  fact: WorkItemFact
  /** The first thing that happened to it, or that was ever thought to have happened. */
  earliest: number
  /** The last: seen from before it, the fact was another one. */
  latest: number
  /** When the last of it was recorded: as known before that, the fact was another one. */
  recorded: number
}

/**
 * How days are packed now. 1: every column and where its parts start. 2: what other columns tell is left out, counts in place of
 * starts, and one value for a column that has no other. 3: steps as they are kept in memory (`step-columns.ts`).
 */
export const PACK_FORMAT = 3

export const DAY_MILLISECONDS = 86_400_000

/** The midnight (UTC) that a day's instants are counted from. */
export function startOfUtcDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

/** Lives up to so many days are told apart, so that a question about a month reads few days from before it. */
const REACH_DAYS = [10, 70] as const

/** 0: a life of days; 1: of weeks; 2: longer, or with something before the day that it began on. */
export function reachOf({ earliest, latest }: PackableItem, dayStart: number): number {
  if (earliest < dayStart) return REACH_DAYS.length
  const reach = REACH_DAYS.findIndex((days) => latest < dayStart + days * DAY_MILLISECONDS)
  return reach < 0 ? REACH_DAYS.length : reach
}
