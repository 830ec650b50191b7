import { addDays, type CalendarDate, type Period, startOfWeek, weekdayOf } from '../../domain/period.ts'
import {
  NUMBER,
  numberFrom,
  startOfMonth,
  startOfQuarter,
  startOfYear,
  WEEKDAY,
  weekdayNumber,
} from './calendar-terms.ts'
import type { PeriodRule, PeriodUnit } from './period-mention.ts'

const UNIT = '(day|week|month|quarter|year)'
const tomorrow = (today: CalendarDate) => addDays(today, 1)

/** First day of the unit `shift` units from the one that holds `date`. */
export function startOfUnit(unit: string, date: CalendarDate, shift: number): CalendarDate {
  if (unit === 'day') return addDays(date, shift)
  if (unit === 'week') return addDays(startOfWeek(date), 7 * shift)
  if (unit === 'month') return startOfMonth(date, shift)
  return unit === 'quarter' ? startOfQuarter(date, shift) : startOfYear(date, shift)
}

/** The whole unit that lies `shift` units from the one that holds `date`. */
export function unitAt(unit: string, date: CalendarDate, shift: number): Period {
  return { from: startOfUnit(unit, date, shift), to: startOfUnit(unit, date, shift + 1) }
}

const whole = (unit: string, today: CalendarDate, shift: number) => ({
  unit: unit as PeriodUnit,
  period: unitAt(unit, today, shift),
})

/** Expressions that count from the question's "now". Earlier rules win over later ones at the same place. */
export const RELATIVE_PERIODS: PeriodRule[] = [
  {
    pattern: /\b(?:the )?day before yesterday\b/g,
    read: (_match, today) => whole('day', today, -2),
  },
  {
    pattern: new RegExp(`\\b(?:the )?${UNIT} before last\\b`, 'g'),
    read: (match, today) => whole(match[1]!, today, -2),
  },
  {
    pattern: new RegExp(`\\b(${NUMBER}) ${UNIT}s? ago\\b`, 'g'),
    read: (match, today) => whole(match[2]!, today, -numberFrom(match[1]!)),
  },
  {
    pattern: new RegExp(
      `\\b(?:the )?(?:last|past|previous|trailing|latest|recent) (${NUMBER}) (?:full |closed |complete |calendar )?(hour|day|week|month|quarter|year)s?\\b`,
      'g',
    ),
    read: (match, today) => lastUnits(numberFrom(match[1]!), match[2]!, today),
  },
  {
    pattern: /\b(?:the )?(?:last|past) fortnight\b/g,
    read: (_match, today) => lastUnits(2, 'week', today),
  },
  {
    pattern: /\b(?:last|this past) weekend\b/g,
    read: (_match, today) => {
      const monday = startOfWeek(today)
      return { unit: 'range', period: { from: addDays(monday, -2), to: monday } }
    },
  },
  {
    pattern:
      /\b(?:the )?same (?:period|weeks?|days?|time) (?:of |in )?(?:the )?(?:last|previous|prior) (month|quarter)\b/g,
    // Whole weeks, so that weekdays stand against their like.
    read: (match, today) => ({ ...whole(match[1]!, today, -1), weeksBefore: match[1] === 'month' ? 4 : 13 }),
  },
  {
    pattern:
      /\b(?:(?:the )?same (?:period|weeks?|months?|quarter|days?) (?:of )?(?:last|the previous) year|(?:a|one) year (?:ago|earlier|before)|year (?:over|on) year)\b/g,
    read: (_match, today) => ({ ...whole('year', today, -1), yearsBefore: 1 }),
  },
  {
    pattern: new RegExp(
      `\\b(?:(?:the |a )?${UNIT} (?:before(?! last)|earlier|prior)|the (?:one|time) before|(?:the )?(?:previous|preceding|prior) ${UNIT}|${UNIT} (?:over|on) (?:week|month|quarter|day))\\b`,
      'g',
    ),
    read: (match, today) => {
      const unit = match[1] ?? match[2] ?? match[3] ?? 'week'
      return { ...whole(unit, today, -1), before: unit as PeriodUnit }
    },
  },
  {
    pattern: /\b(?:the )?(?:period before|previous period|prior period|preceding period)\b/g,
    read: (_match, today) => ({ ...whole('week', today, -1), before: 'range' }),
  },
  {
    pattern: new RegExp(
      `\\b(?:the )?(?:last|past|most recent|latest) (?:full |closed |complete |calendar )?${UNIT}\\b`,
      'g',
    ),
    read: (match, today) => whole(match[1]!, today, -1),
  },
  {
    pattern: /\b(?:this|current|the current|so far this|the running) (week|month|quarter|year)(?: so far| to date)?\b/g,
    read: (match, today) => toDate(match[1]!, today),
  },
  {
    pattern: /\b(week|month|quarter|year) to date\b|\b(wtd|mtd|qtd|ytd)\b/g,
    read: (match, today) => {
      const unit = match[1] ?? { w: 'week', m: 'month', q: 'quarter', y: 'year' }[match[2]![0] as 'w' | 'm' | 'q' | 'y']
      return toDate(unit, today)
    },
  },
  { pattern: /\byesterday\b/g, read: (_match, today) => whole('day', today, -1) },
  {
    pattern: /\b(?:today|so far today|this morning|this afternoon)\b/g,
    read: (_match, today) => whole('day', today, 0),
  },
  {
    pattern: new RegExp(`\\b(?:last|on|since|this past|from) (${WEEKDAY})\\b(?! (?:\\d|the \\d))`, 'g'),
    read: (match, today) => {
      // The latest such day that is over: today's own weekday means a week ago.
      const back = (weekdayOf(today) - weekdayNumber(match[1]!) + 7) % 7 || 7
      return whole('day', today, -back)
    },
  },
]

function toDate(unit: string, today: CalendarDate) {
  return { unit: unit as PeriodUnit, period: { from: startOfUnit(unit, today, 0), to: tomorrow(today) } }
}

/** "The last 4 weeks" are closed ones; so are days. */
function lastUnits(count: number, unit: string, today: CalendarDate): { unit: PeriodUnit; period: Period } | null {
  if (!(count > 0)) return null
  if (unit === 'hour') return { unit: 'range', period: { from: addDays(today, -Math.ceil(count / 24)), to: today } }
  const period = { from: startOfUnit(unit, today, -count), to: startOfUnit(unit, today, 0) }
  return { unit: count === 1 ? (unit as PeriodUnit) : 'range', period }
}
