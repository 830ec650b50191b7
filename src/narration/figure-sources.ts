import type { Finding } from '../domain/finding.ts'
import { addDays, type CalendarDate, type Period } from '../domain/period.ts'
import type { Plan } from '../domain/plan.ts'
import type { FigureSources } from './check-figures.ts'
import { formatDay, formatPeriod, sayComparison, sayPeriod } from './format-dates.ts'
import { saySegment } from './say-segment.ts'

/** What the words of an answer may take their numbers from: its findings, its dates, its names. */
export function figureSources(input: {
  findings: readonly Finding[]
  plan: Plan
  today: CalendarDate
  timeZone: string
  /** Further days that are spoken of. */
  days: readonly CalendarDate[]
  names: readonly string[]
}): FigureSources {
  const { findings, plan, today } = input
  const periods = [plan.period, plan.comparison, ...findings.flatMap((one) => [one.period, one.comparedWith])].filter(
    (one) => one !== undefined,
  )
  const days = [today, ...input.days, ...findings.flatMap((one) => (isDate(one.value) ? [one.value] : []))]
  const dates = [
    ...periods.flatMap((period) => [
      ...saidAs(period, today),
      ...periods.map((other) => sayComparison(other, period, today)),
    ]),
    ...days.flatMap((day) => [formatDay(day, today), formatDay(day, today).slice(4), day]),
  ]
  return { findings, dates: [...new Set(dates)], names: [...namesOf(findings, plan), input.timeZone, ...input.names] }
}

function saidAs(period: Period, today: CalendarDate): string[] {
  const last = addDays(period.to, -1)
  return [
    sayPeriod(period, today),
    formatPeriod(period, today),
    ...[period.from, last, period.to].flatMap((day) => [
      formatDay(day, today),
      formatDay(day, today).slice(4),
      formatDay(day, '').slice(4),
      day,
    ]),
  ]
}

function namesOf(findings: readonly Finding[], plan: Plan): string[] {
  const labels = findings.flatMap((one) => [
    one.label,
    one.label.toLowerCase(),
    one.label.replaceAll('_', ' '),
    // What a label ends with is a name: of models, say.
    one.label.slice(one.label.lastIndexOf(', ') + 1).trim(),
    one.label.charAt(0).toLowerCase() + one.label.slice(1),
  ])
  const segments = [...findings.map((one) => one.segment), plan.filters].filter((one) => one !== undefined)
  const texts = findings.flatMap((one) => (typeof one.value === 'string' ? [one.value] : []))
  const values = segments.flatMap((segment) => [
    saySegment(segment),
    ...Object.entries(segment).flatMap(([name, value]) => [name, value, saySegment({ [name]: value })]),
  ])
  return [
    ...labels,
    ...texts,
    ...values,
    ...findings.flatMap((one) => (one.model ? [one.model] : [])),
    plan.workflow ?? '',
    plan.text ?? '',
  ]
}

function isDate(value: unknown): value is CalendarDate {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
}
