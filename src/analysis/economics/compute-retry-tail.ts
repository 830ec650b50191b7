import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { ChartSpec, Finding, Report, TableSpec } from '../../domain/finding.ts'
import { createFigures, groupId, plural, usd } from './build-findings.ts'
import { chooseDimension } from './choose-dimension.ts'
import { citeItem, compareItems, firstOf } from './cite-items.ts'
import { capGroups } from './cost-by-segment.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { askNext } from './follow-ups.ts'
import { groupItems } from './group-items.ts'
import { dimensionNamed, isTimeDimension } from './item-dimensions.ts'
import { measureRetries, type RetryMeasure, readAttempts } from './measure-retries.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'
import { closedWithin, filterItems, itemsAt } from './select-items.ts'
import { LEVEL } from './statistics/interval.ts'
import { newcombeInterval } from './statistics/newcombe-interval.ts'
import { wilsonInterval } from './statistics/wilson-interval.ts'

const SOURCE =
  'retry_tail: p = share of closed items resolved by their first attempt without a correction; T = mean cost of an attempt; expected cost per resolved item ≈ T ÷ p'
const MOST_GROUPS = 20

/** What retries cost: first-try completion, attempts, dollars after the first attempt, and T ÷ p beside what happened. */
export function computeRetryTail(all: ItemList, parameters: EconomicsParameters): Report {
  const items = filterItems(all, parameters)
  const cohort = closedWithin(items, parameters.bounds)
  const before = closedWithin(items, parameters.comparisonBounds)
  const dimension = parameters.groupBy
    ? dimensionNamed(parameters.groupBy, items)
    : chooseDimension(cohort, parameters.workflow, parameters.timeZone, Object.keys(parameters.filters))
  const segments = dimension ? segmentsOf(cohort, dimension, parameters) : null
  const attempts = readAttempts(cohort)
  const most = firstOf(
    itemsAt(cohort, (place) => attempts[place]! > 1),
    3,
    (a, b) => b.attempts - a.attempts || b.totalMicros - a.totalMicros || compareItems(a, b),
  )
  return {
    findings: [...wholeFindings(cohort, before, attempts, parameters), ...(segments?.findings ?? [])],
    tables: segments ? [segments.table] : [],
    charts: [attemptsChart(attempts, parameters)],
    citations: most.map((item) => citeItem(item, parameters.baseUrl, `${item.attempts} attempts`)),
    caveats: dataCaveats(items, coverageOf(cohort), parameters),
    followUps: askNext(parameters, 'attempts_change', 'unit_cost_by_prompt', 'waste'),
  }
}

function wholeFindings(
  cohort: ItemList,
  before: ItemList,
  attempts: Uint32Array,
  parameters: EconomicsParameters,
): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  const units = plural(unitName(parameters))
  const [now, old] = [measureRetries(cohort), measureRetries(before)]
  const n = now.items
  const rate = wilsonInterval(now.firstTry, n, LEVEL)
  const findings = [
    figure('after_first_attempt', 'Spent after the first attempt', usd(now.afterFirstMicros), 'usd', {
      n,
      ...(now.afterFirstShare === null ? {} : { share: now.afterFirstShare }),
    }),
    figure(
      'first_try',
      `Share of ${units} resolved at the first attempt without a correction`,
      now.firstTryRate,
      'share',
      {
        n,
        interval: rate,
      },
    ),
    figure('cost_per_attempt', 'Mean cost of an attempt', usd(now.costPerAttempt), 'usd', { n: now.attempts }),
    figure(
      'predicted_cost',
      'Cost per resolved item that first-try completion predicts (T ÷ p)',
      usd(now.predicted),
      'usd',
      {
        n,
      },
    ),
    figure('measured_runs_cost', 'Measured cost per resolved item, agents only', usd(now.runsPerResolved), 'usd', {
      n,
    }),
    figure('cost_per_resolved', 'Measured cost per resolved item, corrections included', usd(now.perResolved), 'usd', {
      n,
    }),
    figure('attempts_per_resolved', 'Attempts per resolved item', now.attemptsPerResolved, 'ratio', { n }),
    ...[2, 3, 4, 5]
      .map((least) => ({ least, count: attempts.reduce((count, own) => count + (own >= least ? 1 : 0), 0) }))
      .filter(({ least, count }) => least === 2 || count > 0)
      .map(({ least, count }) => {
        const label = `Share of ${units} that needed ${least} or more attempts`
        return figure(`attempts_at_least.${least}`, label, n === 0 ? null : count / n, 'share', { n: count })
      }),
  ]
  if (before.length === 0) return findings
  const period = parameters.comparison
  findings.push(
    figure('first_try.before', 'First-try share, period before', old.firstTryRate, 'share', { period, n: old.items }),
    figure(
      'after_first_attempt.before',
      'Spent after the first attempt, period before',
      usd(old.afterFirstMicros),
      'usd',
      {
        period,
        n: old.items,
      },
    ),
  )
  if (now.firstTryRate !== null && old.firstTryRate !== null) {
    const interval = newcombeInterval(
      { successes: now.firstTry, total: n },
      { successes: old.firstTry, total: old.items },
      LEVEL,
    )
    const extras = { comparedWith: period, n: n + old.items, interval }
    findings.push(
      figure('first_try.change', 'Change of the first-try share', now.firstTryRate - old.firstTryRate, 'share', extras),
    )
  }
  return findings
}

function segmentsOf(cohort: ItemList, dimension: string, parameters: EconomicsParameters) {
  const figure = createFigures(parameters, SOURCE)
  const groups = groupItems(cohort, dimension, parameters.timeZone)
  const rows = (isTimeDimension(dimension) ? groups : capGroups(groups, MOST_GROUPS)).map(({ value, items }) => ({
    value,
    measure: measureRetries(items),
  }))
  if (!isTimeDimension(dimension)) {
    rows.sort((a, b) => (b.measure.afterFirstMicros ?? -1) - (a.measure.afterFirstMicros ?? -1))
  }
  const findings = rows.map(({ value, measure }) =>
    figure(
      `after_first_attempt.${groupId(dimension, value)}`,
      `Spent after the first attempt, ${dimension} ${value}`,
      usd(measure.afterFirstMicros),
      'usd',
      { segment: { [dimension]: value }, n: measure.items },
    ),
  )
  const cells = (measure: RetryMeasure) => [
    usd(measure.afterFirstMicros),
    measure.firstTryRate,
    measure.attemptsPerResolved,
    usd(measure.costPerAttempt),
    usd(measure.predicted),
    usd(measure.perResolved),
    measure.items,
  ]
  const table: TableSpec = {
    title: `Retries by ${dimension}`,
    columns: [
      { label: dimension, unit: 'text' },
      { label: 'Spent after first attempt', unit: 'usd' },
      { label: 'Resolved first try', unit: 'share' },
      { label: 'Attempts per resolved', unit: 'ratio' },
      { label: 'Cost per attempt', unit: 'usd' },
      { label: 'Predicted (T ÷ p)', unit: 'usd' },
      { label: 'Measured', unit: 'usd' },
      { label: 'Closed', unit: 'items' },
    ],
    rows: rows.map(({ value, measure }) => [value, ...cells(measure)]),
  }
  return { findings, table }
}

function attemptsChart(attempts: Uint32Array, parameters: EconomicsParameters): ChartSpec {
  const labels = ['1', '2', '3', '4', '5 or more']
  const counts = labels.map(() => 0)
  for (const own of attempts) if (own > 0) counts[Math.min(own, 5) - 1]!++
  const units = plural(unitName(parameters))
  return {
    type: 'bar',
    title: `${units} by attempts needed`,
    unit: 'items',
    labels,
    series: [{ name: units, values: counts }],
  }
}
