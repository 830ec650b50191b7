import { addDays, type CalendarDate, startOfDay, weekdayOf } from '../../domain/period.ts'
import { sha256 } from '../content-hash.ts'

const HOUR = 3_600_000
const OPENING_HOUR = 9
/** Runs begin within these hours, so that an hour is left for the last to end within the working day. */
const HOURS = 7

/**
 * When a run without times began: in the week-th week (1 is the first) from `start`, on one of its working days and
 * within working hours. The place in the week comes from `key` alone, so that repeats of the same input fall on the same
 * weekday and hour, and a file imported again gives the same times.
 */
export function layInWeek(key: string, week: number, start: CalendarDate, timeZone: string): Date {
  const first = addDays(start, 7 * (week - 1))
  const workingDays = [0, 1, 2, 3, 4, 5, 6].map((day) => addDays(first, day)).filter((day) => weekdayOf(day) <= 5)
  const chance = Number.parseInt(sha256(key).slice(0, 12), 16)
  const day = workingDays[chance % workingDays.length]!
  const offset = Math.floor(chance / workingDays.length) % (HOURS * HOUR)
  return new Date(startOfDay(day, timeZone).getTime() + OPENING_HOUR * HOUR + offset)
}
