import { addDays, type CalendarDate, dateIn, startOfDay, startOfWeek } from '../domain/period.ts'

/** Closed weeks before the load; the last of them is the story's climax. */
export const CLOSED_WEEKS = 10
/** Weeks are counted from 0; this one is the last closed week, Monday to Sunday. */
export const CLIMAX_WEEK = CLOSED_WEEKS - 1
/** The week in which the workspace is loaded: data up to the day before. */
export const CURRENT_WEEK = CLOSED_WEEKS

/** Where the demo's weeks lie. Fixed at the first load and kept, so that a resumed load continues the same weeks. */
export interface DemoCalendar {
  /** Monday of week 0. */
  start: CalendarDate
  timeZone: string
  /** First day without data: the day of the load. */
  endDay: CalendarDate
  /** Nothing happens at or after this instant: the start of `endDay`. */
  end: Date
}

export function createCalendar(now: Date, timeZone: string): DemoCalendar {
  const endDay = dateIn(now, timeZone)
  return {
    start: addDays(startOfWeek(endDay), -7 * CLOSED_WEEKS),
    timeZone,
    endDay,
    end: startOfDay(endDay, timeZone),
  }
}

/** The date of a day of the demo; `weekday` 0 is Monday … 6 is Sunday. */
export function dateOf(calendar: DemoCalendar, week: number, weekday: number): CalendarDate {
  return addDays(calendar.start, 7 * week + weekday)
}

/** The instant `minutes` after midnight (local) of a day of the demo. */
export function instantOf(calendar: DemoCalendar, week: number, weekday: number, minutes: number): Date {
  const midnight = startOfDay(dateOf(calendar, week, weekday), calendar.timeZone)
  return new Date(midnight.getTime() + Math.round(minutes * 60_000))
}

export function minutesAfter(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + Math.round(minutes * 60_000))
}
