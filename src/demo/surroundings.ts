import { addDays, type CalendarDate } from '../domain/period.ts'
import type { WorkflowSettings } from '../domain/workflow.ts'
import type { ChangeBody, OperatingMetricBody } from './bodies.ts'
import { CLOSED_WEEKS, type DemoCalendar, dateOf, instantOf } from './calendar.ts'
import { MOMENTS, type Moment } from './claims-story.ts'
import { SURCHARGE_WEEK } from './invoices.ts'
import { SMALL_TRIAGE_WEEK } from './tickets.ts'

/** What stands around the work: settings, change events, figures of the operation itself. */
export const WORKFLOW_SETTINGS: Record<string, WorkflowSettings> = {
  claims: {
    unit: 'claim',
    owners: ['Dana Okafor'],
    channel: 'C0CLAIMS',
    baseline: { kind: 'bpo', costPerUnit: 4.5 },
    correctionHourlyRate: 48,
    budget: { amount: 2000, period: 'month' },
    dimensions: ['policyType', 'exceptionDocs', 'region', 'channel'],
  },
  tickets: {
    unit: 'ticket',
    owners: ['Abby Nakashima'],
    baseline: { kind: 'labour', minutesPerUnit: 9, hourlyRate: 32 },
    correctionHourlyRate: 32,
    budget: { amount: 130, period: 'month' },
    dimensions: ['product', 'tier', 'language'],
  },
  invoices: {
    unit: 'invoice',
    owners: ['Helen Brandtner'],
    baseline: { kind: 'labour', minutesPerUnit: 11, hourlyRate: 36 },
    correctionHourlyRate: 40,
    budget: { amount: 100, period: 'month' },
    dimensions: ['vendorType', 'currency', 'poMatch'],
  },
}

export function changeEvents(calendar: DemoCalendar): ChangeBody[] {
  const at = ({ week, weekday, minutes }: Moment): string => instantOf(calendar, week, weekday, minutes).toISOString()
  return [
    {
      id: 'claims-wording-2026',
      workflow: 'claims',
      kind: 'policy',
      description:
        'New edition of the homeowners wording. It is longer, and the search now returns riders behind the base wording.',
      occurredAt: at(MOMENTS.wordingEdition),
      attributes: { policyType: 'home' },
    },
    {
      id: 'claims-prompt-v12',
      workflow: 'claims',
      kind: 'prompt',
      description:
        'Prompt v12: the hail rider and other riders moved to the front of the context, before the base wording. Ends the missed HR-12 cases.',
      occurredAt: at(MOMENTS.promptV12),
      attributes: { promptVersion: 'v12', from: 'v11' },
    },
    {
      id: 'invoices-catastrophe-notice',
      workflow: 'invoices',
      kind: 'policy',
      description: 'Catastrophe notice: storm surcharges agreed in vendor frameworks apply this week.',
      occurredAt: at({ week: SURCHARGE_WEEK, weekday: 1, minutes: 560 }),
    },
    {
      id: 'claims-prompt-v13',
      workflow: 'claims',
      kind: 'prompt',
      description:
        'Prompt v13 with adjudicator 2.8.0: decision letters in plain words. No change to coverage reasoning.',
      occurredAt: at(MOMENTS.promptV13),
      attributes: { promptVersion: 'v13', from: 'v12' },
    },
    {
      id: 'tickets-triage-small-model',
      workflow: 'tickets',
      kind: 'model',
      description: 'Triage moved from gpt-4.1 to gpt-4.1-mini.',
      occurredAt: at({ week: SMALL_TRIAGE_WEEK, weekday: 0, minutes: 330 }),
      attributes: { step: 'triage', model: 'gpt-4.1-mini', from: 'gpt-4.1' },
    },
    {
      id: 'claims-prompt-v14',
      workflow: 'claims',
      kind: 'prompt',
      description:
        'Prompt v14: shorter instructions, policy documents merged into one section with the riders at its end.',
      occurredAt: at(MOMENTS.promptV14),
      attributes: { promptVersion: 'v14', from: 'v13' },
    },
  ]
}

/** Closed months and weeks only. The invoices team did not shrink and its cycle time did not move: that is a finding too. */
export function operatingMetrics(calendar: DemoCalendar): OperatingMetricBody[] {
  return [...monthlyMetrics(calendar), ...weeklyMetrics(calendar)]
}

/** Oldest first; the last one is the last closed month. */
const OUTSOURCING_INVOICE = [19_440, 19_120, 19_610, 18_930, 13_870, 10_620]
const HEADCOUNT: Record<string, readonly number[]> = {
  claims: [14, 14, 13, 12, 11, 11],
  tickets: [9, 9, 9, 8, 8, 8],
  invoices: [4, 4, 4, 4, 4, 4],
}

function monthlyMetrics(calendar: DemoCalendar): OperatingMetricBody[] {
  const months = closedMonths(calendar.endDay, OUTSOURCING_INVOICE.length)
  const metric = (workflow: string, name: string, unit: string, values: readonly number[]): OperatingMetricBody[] =>
    months.map(({ from, to }, index) => ({
      id: `${workflow}-${name}-${from}`,
      workflow,
      metric: name,
      value: values[index]!,
      unit,
      periodStart: from,
      periodEnd: to,
    }))
  return [
    ...metric('claims', 'outsourcing_invoice', 'usd', OUTSOURCING_INVOICE),
    ...Object.entries(HEADCOUNT).flatMap(([workflow, values]) => metric(workflow, 'headcount', 'people', values)),
  ]
}

/** Hours from arrival to close, week by week. */
const CYCLE_HOURS: Record<string, readonly number[]> = {
  claims: [19.8, 21.6, 21.1, 17.9, 16.8, 16.1, 15.2, 14.9, 14.1, 17.3],
  tickets: [6.1, 5.8, 5.9, 5.5, 5.6, 5.2, 5.3, 5.0, 4.9, 4.9],
  invoices: [51, 49, 52, 50, 53, 50, 49, 51, 52, 50],
}

function weeklyMetrics(calendar: DemoCalendar): OperatingMetricBody[] {
  return Object.entries(CYCLE_HOURS).flatMap(([workflow, values]) =>
    values.slice(0, CLOSED_WEEKS).map((value, week) => ({
      id: `${workflow}-cycle_time-${dateOf(calendar, week, 0)}`,
      workflow,
      metric: 'cycle_time',
      value,
      unit: 'hours',
      periodStart: dateOf(calendar, week, 0),
      periodEnd: addDays(dateOf(calendar, week, 0), 7),
    })),
  )
}

/** The last `count` calendar months that ended on or before `day`, oldest first. */
function closedMonths(day: CalendarDate, count: number): { from: CalendarDate; to: CalendarDate }[] {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7)) - 1
  const first = (back: number): CalendarDate => new Date(Date.UTC(year, month - back, 1)).toISOString().slice(0, 10)
  return Array.from({ length: count }, (_, index) => ({ from: first(count - index), to: first(count - index - 1) }))
}
