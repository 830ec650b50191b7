import { z } from 'zod'

/** A calendar day in the reader's time zone, `YYYY-MM-DD`. */
export type CalendarDate = string

const calendarDate = z.iso.date()

/** Half-open: `from` is the first day in it, `to` the first day after it. */
export const Period = z
  .strictObject({ from: calendarDate, to: calendarDate })
  .refine((period) => period.from < period.to, { message: 'from must be before to', path: ['to'] })
export type Period = z.infer<typeof Period>

const DAY_MILLISECONDS = 86_400_000

/** `days` may be negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MILLISECONDS).toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MILLISECONDS)
}

/** 1 is Monday … 7 is Sunday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}

/** The Monday of the week that holds `date`. */
export function startOfWeek(date: CalendarDate): CalendarDate {
  return addDays(date, 1 - weekdayOf(date))
}

/** The period of equal length that ends where this one begins. */
export function periodBefore(period: Period): Period {
  return { from: addDays(period.from, -daysBetween(period.from, period.to)), to: period.from }
}

/** The calendar day of an instant in an IANA time zone. */
export function dateIn(instant: Date, timeZone: string): CalendarDate {
  if (isPlainUtc(instant, timeZone)) return instant.toISOString().slice(0, 10)
  const parts = zonedParts(instant, timeZone)
  return `${parts.year}-${parts.month}-${parts.day}`
}

/** The instant at which a calendar day begins in an IANA time zone. */
export function startOfDay(date: CalendarDate, timeZone: string): Date {
  const asUtc = Date.parse(`${date}T00:00:00Z`)
  // Twice, because the offset at the first guess may be that of the other side of a clock change.
  let instant = asUtc - offsetMilliseconds(new Date(asUtc), timeZone)
  instant = asUtc - offsetMilliseconds(new Date(instant), timeZone)
  return new Date(instant)
}

/** The instants between which a period lies: `from` inclusive, `to` exclusive. */
export function boundsOf(period: Period, timeZone: string): { from: Date; to: Date } {
  return { from: startOfDay(period.from, timeZone), to: startOfDay(period.to, timeZone) }
}

export function isTimeZone(name: string): boolean {
  try {
    formatterFor(name)
    return true
  } catch {
    return false
  }
}

const [FIRST_PLAIN_TIME, END_OF_PLAIN_TIME] = [Date.UTC(1600), Date.UTC(10_000)]

/** In UTC an instant's own text tells its day, in a year of four digits of our calendar. A formatter takes 40 ms to make. */
function isPlainUtc(instant: Date, timeZone: string): boolean {
  const time = instant.getTime()
  return timeZone === 'UTC' && time >= FIRST_PLAIN_TIME && time < END_OF_PLAIN_TIME
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter
}

function zonedParts(instant: Date, timeZone: string): Record<string, string> {
  const parts: Record<string, string> = {}
  for (const part of formatterFor(timeZone).formatToParts(instant)) parts[part.type] = part.value
  return parts
}

function offsetMilliseconds(instant: Date, timeZone: string): number {
  if (isPlainUtc(instant, timeZone)) return 0
  const { year, month, day, hour, minute, second } = zonedParts(instant, timeZone)
  const asUtc = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return asUtc - Math.floor(instant.getTime() / 1000) * 1000
}
