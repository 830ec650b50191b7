import { addDays, type CalendarDate, startOfWeek } from '../../domain/period.ts'
import {
  dateOf,
  MONTH,
  monthNumber,
  NUMBER,
  numberFrom,
  startOfIsoWeek,
  startOfMonth,
  WEEKDAY,
} from './calendar-terms.ts'
import type { PeriodRule } from './period-mention.ts'

const DAY = '(\\d{1,2})(?:st|nd|rd|th)?'
const YEAR = "(?:,? ?(?:of )?'?(20\\d\\d))?"
const TO = '(?:-|to|and|until|till|through)'

const day = (date: CalendarDate | null) =>
  date === null ? null : { unit: 'day' as const, period: { from: date, to: addDays(date, 1) } }

/** Where no year is said: the latest such day that has come. */
function latestDate(
  year: string | undefined,
  month: number,
  dayOfMonth: number,
  today: CalendarDate,
): CalendarDate | null {
  if (year) return dateOf(Number(year), month, dayOfMonth)
  const current = Number(today.slice(0, 4))
  const date = dateOf(current, month, dayOfMonth)
  return date !== null && date > today ? dateOf(current - 1, month, dayOfMonth) : date
}

function dayRange(first: CalendarDate | null, last: CalendarDate | null) {
  if (first === null || last === null || last < first) return null
  return { unit: 'range' as const, period: { from: first, to: addDays(last, 1) } }
}

function month(number: number, year: string | undefined, shiftYears: number, today: CalendarDate) {
  const current = Number(today.slice(0, 4))
  let chosen = year ? Number(year) : current + shiftYears
  if (!year && shiftYears === 0 && (dateOf(chosen, number, 1) ?? '') > today) chosen -= 1
  return { unit: 'month' as const, ...untilTomorrow(dateOf(chosen, number, 1)!, 1, today) }
}

/** Whole months from `from`; the running one ends with today. */
function untilTomorrow(from: CalendarDate, months: number, today: CalendarDate) {
  const end = startOfMonth(from, months)
  const to = from <= today && end > today ? addDays(today, 1) : end
  return { period: { from, to } }
}

function partOfYear(
  months: number,
  number: number,
  year: string | undefined,
  lastYear: string | undefined,
  today: CalendarDate,
) {
  const current = Number(today.slice(0, 4))
  let chosen = year ? Number(year.length === 2 ? `20${year}` : year) : lastYear ? current - 1 : current
  const first = (number - 1) * months + 1
  if (!year && !lastYear && (dateOf(chosen, first, 1) ?? '') > today) chosen -= 1
  return {
    unit: months === 3 ? ('quarter' as const) : ('range' as const),
    ...untilTomorrow(dateOf(chosen, first, 1)!, months, today),
  }
}

const ORDINALS: Record<string, number> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
}
const WEEK_OF =
  '(?:the )?week (?:of|starting|beginning|commencing|from|that (?:began|started)(?: on)?)(?: the)? (?:on )?'

/** Expressions that name dates by themselves. Earlier rules win over later ones at the same place. */
export const ABSOLUTE_PERIODS: PeriodRule[] = [
  {
    pattern: new RegExp(
      `\\b${WEEK_OF}(?:${WEEKDAY} )?(?:(20\\d\\d)-(\\d\\d)-(\\d\\d)|${DAY} (?:of )?(${MONTH})${YEAR}|(${MONTH}) (?:the )?${DAY}\\b(?!-)${YEAR})`,
      'g',
    ),
    read: (match, today) => {
      const [, y, m, d, dayFirst, monthLast, yearLast, monthFirst, dayLast, yearOther] = match
      const date = y
        ? dateOf(Number(y), Number(m), Number(d))
        : latestDate(yearLast ?? yearOther, monthNumber((monthLast ?? monthFirst)!), Number(dayFirst ?? dayLast), today)
      if (date === null) return null
      const from = startOfWeek(date)
      return { unit: 'week', period: { from, to: addDays(from, 7) } }
    },
  },
  {
    pattern:
      /\b(20\d\d)-w(\d\d?)\b|\b(?:calendar week|week|kw|cw|w) ?(?:number |no |#)?(\d{1,2})(?: (?:of |in )?(20\d\d))?\b|\b(?:kw|cw|w)(\d{1,2})\b/g,
    read: (match, today) => {
      const week = Number(match[2] ?? match[3] ?? match[5])
      if (!(week >= 1 && week <= 53)) return null
      const year = match[1] ?? match[4]
      let from = startOfIsoWeek(Number(year ?? today.slice(0, 4)), week)
      if (!year && from > today) from = startOfIsoWeek(Number(today.slice(0, 4)) - 1, week)
      return { unit: 'week', period: { from, to: addDays(from, 7) } }
    },
  },
  {
    pattern: /\b(20\d\d)[-/](\d\d)[-/](\d\d)(?:t[\d:.]+(?:z|[+-]\d\d:?\d\d)?)?\b/g,
    read: (match) => day(dateOf(Number(match[1]), Number(match[2]), Number(match[3]))),
  },
  {
    pattern: /\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b/g,
    read: (match) => day(dateOf(Number(match[3]), Number(match[2]), Number(match[1]))),
  },
  {
    pattern: new RegExp(`\\b(?:the )?${DAY} ?${TO} ?(?:the )?${DAY}(?: of)? (${MONTH})${YEAR}\\b`, 'g'),
    read: ([, first, last, name, year], today) => {
      const end = latestDate(year, monthNumber(name!), Number(last), today)
      return dayRange(end && dateOf(Number(end.slice(0, 4)), monthNumber(name!), Number(first)), end)
    },
  },
  {
    pattern: new RegExp(`\\b(${MONTH}) ${DAY} ?${TO} ?${DAY}(?! ?(?:${MONTH}))${YEAR}\\b`, 'g'),
    read: ([, name, first, last, year], today) => {
      const end = latestDate(year, monthNumber(name!), Number(last), today)
      return dayRange(end && dateOf(Number(end.slice(0, 4)), monthNumber(name!), Number(first)), end)
    },
  },
  {
    pattern: new RegExp(`\\b(?:${WEEKDAY} )?(?:the )?${DAY}(?: of)? (${MONTH})${YEAR}\\b`, 'g'),
    read: ([, dayOfMonth, name, year], today) => day(latestDate(year, monthNumber(name!), Number(dayOfMonth), today)),
  },
  {
    pattern: new RegExp(`\\b(?:${WEEKDAY} )?(${MONTH}) (?:the )?${DAY}\\b${YEAR}`, 'g'),
    read: ([, name, dayOfMonth, year], today) => day(latestDate(year, monthNumber(name!), Number(dayOfMonth), today)),
  },
  {
    pattern: new RegExp(`\\b(?:the )?(?:first|1st) (${NUMBER} )?(week|half)s? of (${MONTH})${YEAR}\\b`, 'g'),
    read: ([, count, unit, name, year], today) => {
      const { from } = month(monthNumber(name!), year, 0, today).period
      const days = unit === 'half' ? 15 : 7 * numberFrom(count?.trim() ?? 'one')
      return { unit: 'range', period: { from, to: addDays(from, days) } }
    },
  },
  {
    pattern: /\b(20\d\d)-(0[1-9]|1[0-2])\b(?!-)/g,
    read: (match, today) => month(Number(match[2]), match[1], 0, today),
  },
  {
    pattern: new RegExp(
      `(?<!\\d(?:st|nd|rd|th)?(?: of)? )\\b(?:last |this past |the month of )?(${MONTH})(?: of)?( last year)?${YEAR}\\b`,
      'g',
    ),
    read: (match, today) =>
      isReallyMay(match) ? month(monthNumber(match[1]!), match[3], match[2] ? -1 : 0, today) : null,
  },
  {
    pattern: /\bq([1-4])(?: ?(?:of |in )?(?:'?(20\d\d|\d\d))| (?:of )?(last year))?\b|\b(20\d\d)-?q([1-4])\b/g,
    read: (match, today) => partOfYear(3, Number(match[1] ?? match[5]), match[2] ?? match[4], match[3], today),
  },
  {
    pattern:
      /\b(?:the )?(first|1st|second|2nd|third|3rd|fourth|4th) (quarter|half)(?: of (?:the year|this year|(20\d\d)|(last year)))?\b/g,
    read: ([, ordinal, part, year, lastYear], today) =>
      part === 'half' && ORDINALS[ordinal!]! > 2
        ? null
        : partOfYear(part === 'half' ? 6 : 3, ORDINALS[ordinal!]!, year, lastYear, today),
  },
  {
    pattern: /\bh([12])(?: (20\d\d)| (last year))?\b/g,
    read: (match, today) => partOfYear(6, Number(match[1]), match[2], match[3], today),
  },
  {
    pattern: /\b(?:in|during|for|of|vs|versus|than|with|to|and|from|since|all of|calendar|year) (20\d\d)\b(?!-)/g,
    read: ([, year], today) => ({ unit: 'year', ...untilTomorrow(`${year}-01-01`, 12, today) }),
  },
]

/** "may" is a month only after a word that wants a time, or with a year. */
function isReallyMay(match: RegExpExecArray): boolean {
  if (match[1] !== 'may' || match[3] || match[0] !== 'may') return true
  return /\b(in|of|since|during|for|until|till|vs|versus|than|with|and|to|from|about|by|last|before|after|through)$/.test(
    match.input.slice(0, match.index).trimEnd(),
  )
}
