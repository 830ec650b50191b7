import type { ChartSpec, Finding, Report, TableSpec } from '../../domain/finding.ts'
import type { OperatingMetric } from '../../domain/operating-metric.ts'
import { type CalendarDate, daysBetween } from '../../domain/period.ts'
import { addToGroup } from './add-to-group.ts'
import { createFigures, plural } from './build-findings.ts'
import { askNext } from './follow-ups.ts'
import { type Interruption, interruptSeries, type SeriesPoint } from './interrupt-series.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'

const SOURCE =
  'operating_metrics: the operation’s own figures before and after, as an interrupted series; independent residuals; other causes of the same time are not excluded'

interface MetricSeries {
  metric: string
  /** Null: of the whole business. */
  workflow: string | null
  unit: string
  /** The day that parts before from after; null where there is none. */
  date: CalendarDate | null
  points: SeriesPoint[]
  interruption: Interruption | null
}

/**
 * Whether the operation itself changed since the agents came, beside what they resolved. `dates` part before from after,
 * by workflow; null is that of what belongs to no workflow. `asked` are words of the metric that the question is about.
 */
export function computeOperatingMetrics(
  metrics: readonly OperatingMetric[],
  resolvedByDay: ReadonlyMap<CalendarDate, number>,
  dates: ReadonlyMap<string | null, CalendarDate>,
  parameters: EconomicsParameters,
  asked: string | null = null,
): Report {
  const all = seriesOf(metrics, dates)
  const wanted = asked === null ? all : all.filter((one) => isNamed(one.metric, asked))
  const missing = asked !== null && wanted.length === 0 && all.length > 0 ? [notPosted(asked, all, parameters)] : []
  // What can be judged comes first.
  const series = [...(wanted.length > 0 ? wanted : all)].sort(
    (a, b) => Number(b.interruption !== null) - Number(a.interruption !== null),
  )
  const empty = { citations: [], caveats: [], followUps: askNext(parameters, 'baseline', 'unit_cost_by_month') }
  const date = series.map((one) => one.date).sort((a, b) => ((a ?? '') < (b ?? '') ? 1 : -1))[0] ?? null
  if (series.length === 0 || date === null) {
    return { ...empty, findings: [notEnough(series.length === 0, parameters)], tables: [], charts: [] }
  }
  const severalWorkflows = new Set(series.flatMap((one) => one.workflow ?? [])).size > 1
  return {
    ...empty,
    findings: [
      ...missing,
      ...series.flatMap((one) => metricFindings(one, severalWorkflows, parameters)),
      ...volumeFindings(series, resolvedByDay, date, parameters),
    ],
    tables: [table(series, severalWorkflows, resolvedByDay)],
    charts: series.map(chart),
  }
}

/** "tickets per person" is tickets_per_person; "cycle time" is also claims_cycle_time_days. */
function isNamed(metric: string, asked: string): boolean {
  const words = (text: string) =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .map((word) => word.replace(/s$/, ''))
  const own = words(metric)
  return words(asked).every((word) => own.includes(word)) || own.join('') === words(asked).join('')
}

function notPosted(asked: string, all: readonly MetricSeries[], parameters: EconomicsParameters): Finding {
  const names = [...new Set(all.map((one) => one.metric))].sort().join(', ')
  const label = `I do not have ${asked}${parameters.workflow ? ` for ${parameters.workflow.name}` : ''}; posted are ${names}`
  return createFigures(parameters, SOURCE)('metric.not_posted', label, 'not_enough_data', 'none', { kind: 'verdict' })
}

/** One series a metric and unit; of a period that was reported again the latest report holds. */
function seriesOf(
  metrics: readonly OperatingMetric[],
  dates: ReadonlyMap<string | null, CalendarDate>,
): MetricSeries[] {
  const groups = new Map<string, OperatingMetric[]>()
  for (const metric of metrics)
    addToGroup(groups, JSON.stringify([metric.workflow, metric.metric, metric.unit]), metric)
  return [...groups.values()].map((reports) => {
    const latest = new Map<string, OperatingMetric>()
    const byReport = [...reports].sort(
      (a, b) => a.recordedAt.getTime() - b.recordedAt.getTime() || (a.id < b.id ? -1 : 1),
    )
    for (const report of byReport) latest.set(`${report.periodStart}/${report.periodEnd}`, report)
    const points = [...latest.values()]
      .map(({ periodStart, periodEnd, value }) => ({ from: periodStart, to: periodEnd, value }))
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1))
    const { metric, unit, workflow } = reports[0]!
    const date = dates.get(workflow) ?? null
    return { metric, workflow, unit, date, points, interruption: date === null ? null : interruptSeries(points, date) }
  })
}

function metricFindings(series: MetricSeries, severalWorkflows: boolean, parameters: EconomicsParameters): Finding[] {
  const { unit, points, interruption, workflow, date } = series
  const figure = createFigures(parameters, SOURCE)
  const metric = nameOf(series, severalWorkflows)
  const id = severalWorkflows && workflow !== null ? `metric.${workflow}.${series.metric}` : `metric.${series.metric}`
  const whole = { from: points[0]!.from, to: points.at(-1)!.to }
  if (!interruption) {
    const label = `${metric}: too few periods before or after ${date} to tell a change`
    const [first, latest] = [points[0]!, points.at(-1)!]
    const verdict = figure(id, label, 'not_enough_data', 'none', { kind: 'verdict', period: whole, n: points.length })
    if (points.length < 2) return [verdict]
    return [
      verdict,
      figure(`${id}.first`, `${metric}, first`, first.value, unit, { period: { from: first.from, to: first.to } }),
      figure(`${id}.latest`, `${metric}, latest`, latest.value, unit, { period: { from: latest.from, to: latest.to } }),
    ]
  }
  const { before, after, meanBefore, meanAfter, effect, interval } = interruption
  const period = { from: after[0]!.from, to: after.at(-1)!.to }
  const comparedWith = { from: before[0]!.from, to: before.at(-1)!.to }
  const n = before.length + after.length
  const course = interruption.method === 'trend' ? 'against its course before' : 'against its mean before'
  const findings = [
    figure(`${id}.effect`, `${metric}: change since ${date} ${course}`, effect, unit, {
      period,
      comparedWith,
      n,
      interval,
    }),
    figure(`${id}.after`, `${metric}, mean since ${date}`, meanAfter, unit, { period, n: after.length }),
    figure(`${id}.before`, `${metric}, mean before ${date}`, meanBefore, unit, {
      period: comparedWith,
      n: before.length,
    }),
  ]
  if (interval.low > 0 || interval.high < 0) return findings
  const label = `${metric} did not move beyond its usual swing`
  const verdict = figure(id, label, 'within_normal_variation', 'none', { kind: 'verdict', period, comparedWith, n })
  return [verdict, ...findings]
}

/** Resolved items a week, before and after, over the time that the metrics cover. */
function volumeFindings(
  series: readonly MetricSeries[],
  resolvedByDay: ReadonlyMap<CalendarDate, number>,
  date: CalendarDate,
  parameters: EconomicsParameters,
): Finding[] {
  const figure = createFigures(parameters, 'resolved_items: work items said to be resolved, by day')
  const points = series.flatMap((one) => one.points)
  const from = points.map((point) => point.from).sort()[0]!
  const to = points
    .map((point) => point.to)
    .sort()
    .at(-1)!
  const sides = [
    { id: 'resolved_per_week.before', name: `before ${date}`, from, to: date },
    { id: 'resolved_per_week', name: `since ${date}`, from: date, to },
  ]
  return sides
    .filter((side) => side.from < side.to)
    .map(({ id, name, ...period }) => {
      const items = countWithin(resolvedByDay, period.from, period.to)
      const perWeek = (items * 7) / daysBetween(period.from, period.to)
      return figure(id, `Resolved ${plural(unitName(parameters))} a week, ${name}`, perWeek, 'items', {
        period,
        n: items,
      })
    })
}

function countWithin(byDay: ReadonlyMap<CalendarDate, number>, from: CalendarDate, to: CalendarDate): number {
  let items = 0
  for (const [day, count] of byDay) if (day >= from && day < to) items += count
  return items
}

function table(
  series: readonly MetricSeries[],
  severalWorkflows: boolean,
  resolvedByDay: ReadonlyMap<CalendarDate, number>,
): TableSpec {
  return {
    title: 'The operation beside what agents resolved',
    columns: [
      { label: 'Metric', unit: 'text' },
      { label: 'From', unit: 'text' },
      { label: 'Until', unit: 'text' },
      { label: 'Value', unit: 'none' },
      { label: 'Unit', unit: 'text' },
      { label: 'Resolved by agents', unit: 'items' },
    ],
    rows: series.flatMap((one) =>
      one.points
        .slice(-24)
        .map((point) => [
          ...[nameOf(one, severalWorkflows), point.from, point.to, point.value, one.unit],
          countWithin(resolvedByDay, point.from, point.to),
        ]),
    ),
  }
}

function nameOf({ metric, workflow }: MetricSeries, severalWorkflows: boolean): string {
  return severalWorkflows && workflow !== null ? `${workflow} ${metric}` : metric
}

function chart(series: MetricSeries): ChartSpec {
  return {
    type: 'line',
    title: series.metric,
    unit: series.unit,
    labels: series.points.map((point) => point.from),
    series: [{ name: series.metric, values: series.points.map((point) => point.value) }],
  }
}

function notEnough(isEmpty: boolean, parameters: EconomicsParameters): Finding {
  const name = parameters.workflow?.name ?? 'any workflow'
  const label = isEmpty
    ? `No operating metric of ${name} has been posted`
    : `No run of ${name} is known, so there is no before and after`
  return createFigures(parameters, SOURCE)('verdict', label, 'not_enough_data', 'none', { kind: 'verdict' })
}
