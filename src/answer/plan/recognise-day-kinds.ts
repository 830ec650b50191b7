import { DAY_KIND } from '../../analysis/economics/day-kind.ts'
import type { Sides } from './recognise-sides.ts'

const WEEKENDS = '(?:weekends?|saturdays? (?:and|or) sundays?)'
const WEEKDAYS =
  '(?:weekdays?|week days?|work ?days?|working days?|business days?|(?:mondays?|monday) (?:to|through) fridays?|(?:the )?(?:other|normal|ordinary) days|(?:the )?rest of the week|(?:during|in|within) the week)'
const AGAINST = '(?:than|vs|versus|against|and|or|from|with|to)'

const against = (first: string, second: string) =>
  new RegExp(`\\b${first}\\b(?: \\w+){0,6}? ${AGAINST}(?: \\w+){0,3}? ${second}\\b`)
const WEEKENDS_FIRST = against(WEEKENDS, WEEKDAYS)
const WEEKDAYS_FIRST = against(WEEKDAYS, WEEKENDS)

/** "why are weekends dearer than weekdays?": two kinds of days, the one that the question is about first; null where none is set against another. */
export function recogniseDayKinds(text: string): Sides | null {
  if (WEEKENDS_FIRST.test(text)) return { dimension: DAY_KIND, value: 'weekends', other: 'weekdays' }
  if (WEEKDAYS_FIRST.test(text)) return { dimension: DAY_KIND, value: 'weekdays', other: 'weekends' }
  // Many weekends are a kind of days; "last weekend" is a time.
  return /\bweekends\b/.test(text) ? { dimension: DAY_KIND, value: 'weekends', other: 'weekdays' } : null
}

/** Whether a word of such a question names one of the kinds. */
export function isDayKindWord(word: string): boolean {
  return /^(?:weekends?|weekdays?|workdays?|saturdays?|sundays?|mondays?|fridays?)$/.test(word)
}
