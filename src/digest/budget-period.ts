import { addDays, type CalendarDate, type Period, startOfWeek } from '../domain/period.ts'
import type { Budget } from '../domain/workflow.ts'

/** The budget's period that holds a day: its calendar day, week, month, quarter or year. */
export function budgetPeriod(period: Budget['period'], date: CalendarDate): Period {
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7))
  switch (period) {
    case 'day':
      return { from: date, to: addDays(date, 1) }
    case 'week':
      return { from: startOfWeek(date), to: addDays(startOfWeek(date), 7) }
    case 'month':
      return { from: firstOf(year, month), to: firstOf(year, month + 1) }
    case 'quarter': {
      const first = month - ((month - 1) % 3)
      return { from: firstOf(year, first), to: firstOf(year, first + 3) }
    }
    case 'year':
      return { from: firstOf(year, 1), to: firstOf(year + 1, 1) }
  }
}

/** `month` may be 13 or more: it then lies in a later year. */
function firstOf(year: number, month: number): CalendarDate {
  return new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10)
}
