import type { CalendarDate, Period } from '../../domain/period.ts'

export type PeriodUnit = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'range'

/** A stretch of time that a question names, and where in its words. */
export interface PeriodMention {
  period: Period
  unit: PeriodUnit
  /** Place in `Reading.text`. */
  start: number
  end: number
  /** Counted from the question's "now" ("last week"), so that it can be counted from another. */
  relative: boolean
  /** "the week before": counted from the question's own period, if it names one. */
  before?: PeriodUnit
  /** "a year earlier": the same days, that many years back. */
  yearsBefore?: number
  /** "the same week last month": the same weekdays, that many weeks back. */
  weeksBefore?: number
}

/** How one kind of expression is read. Returns null where the words name no real date. */
export interface PeriodRule {
  pattern: RegExp
  read(match: RegExpExecArray, today: CalendarDate): Omit<PeriodMention, 'start' | 'end' | 'relative'> | null
}
