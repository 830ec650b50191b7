import { addDays, type CalendarDate, type Period } from '../../domain/period.ts'
import type { Metric, Plan } from '../../domain/plan.ts'
import type { Shift } from '../../domain/shift.ts'
import { METRIC_NAMES } from '../../narration/metric-names.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAYS = 7

/** What explains a shift: its first closed days, a week of them at most, against the same weekdays before. */
export function explainingPlan(workflow: string, shift: Shift, today: CalendarDate): Plan & { period: Period } {
  const end = addDays(shift.date, shift.kind === 'day' ? 1 : DAYS)
  const period = { from: shift.date, to: end < today ? end : today }
  const comparison = { from: addDays(period.from, -DAYS), to: addDays(period.to, -DAYS) }
  return { analysis: 'explain_change', workflow, metric: shift.metric, period, comparison }
}

/** The same as a question that a person can ask. */
export function explainingQuestion(workflow: string, shift: Shift, today: CalendarDate): string {
  const { period } = explainingPlan(workflow, shift, today)
  const last = addDays(period.to, -1)
  const when = last === period.from ? `on ${longDay(last)}` : `from ${longDay(period.from)} to ${longDay(last)}`
  return `why did the ${askedAs(shift.metric)} of ${workflow} change ${when}?`
}

function askedAs(metric: Metric): string {
  return metric === 'spend' ? 'cost' : METRIC_NAMES[metric]
}

function longDay(date: CalendarDate): string {
  return `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`
}
