import { type CalendarDate, weekdayOf } from '../../domain/period.ts'

/** A dimension that no item carries: whether the day is of a weekend (Saturday, Sunday) or not. */
export const DAY_KIND = 'dayKind'

export function dayKindOf(date: CalendarDate): 'weekends' | 'weekdays' {
  return weekdayOf(date) >= 6 ? 'weekends' : 'weekdays'
}
