import { addDays, type CalendarDate } from '../../domain/period.ts'

const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')
const NUMBERS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  couple: 2,
  'couple of': 2,
  'a couple of': 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirty: 30,
  ninety: 90,
}

/** For use inside regular expressions; each captures nothing. */
export const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
export const WEEKDAY =
  '(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)'
export const NUMBER =
  '(?:\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|ninety|(?:a )?couple(?: of)?|an?)'

/** 1 to 12. */
export function monthNumber(name: string): number {
  return MONTHS.findIndex((month) => month.startsWith(name.slice(0, 3))) + 1
}

/** 1 is Monday. */
export function weekdayNumber(name: string): number {
  return WEEKDAYS.findIndex((weekday) => weekday.startsWith(name.slice(0, 3))) + 1
}

export function numberFrom(text: string): number {
  return NUMBERS[text] ?? Number(text)
}

/** The date, or null where there is no such day. */
export function dateOf(year: number, month: number, day: number): CalendarDate | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const valid = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return valid ? date.toISOString().slice(0, 10) : null
}

/** First day of the month `shift` months from the one that holds `date`. */
export function startOfMonth(date: CalendarDate, shift = 0): CalendarDate {
  const [year, month] = date.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month - 1 + shift, 1)).toISOString().slice(0, 10)
}

/** First day of the quarter `shift` quarters from the one that holds `date`. */
export function startOfQuarter(date: CalendarDate, shift = 0): CalendarDate {
  const month = Number(date.slice(5, 7))
  return startOfMonth(date, -((month - 1) % 3) + 3 * shift)
}

export function startOfYear(date: CalendarDate, shift = 0): CalendarDate {
  return `${Number(date.slice(0, 4)) + shift}-01-01`
}

/** The Monday of an ISO week: week 1 holds 4 January. */
export function startOfIsoWeek(year: number, week: number): CalendarDate {
  const fourth = `${year}-01-04`
  const weekday = new Date(`${fourth}T00:00:00Z`).getUTCDay() || 7
  return addDays(fourth, 1 - weekday + 7 * (week - 1))
}
