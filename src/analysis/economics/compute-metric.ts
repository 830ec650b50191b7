import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { Report } from '../../domain/finding.ts'
import type { Metric } from '../../domain/plan.ts'
import { createFigures, groupId, plural } from './build-findings.ts'
import { chooseDimension } from './choose-dimension.ts'
import { alignGroups, capGroups } from './cost-by-segment.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { askNext } from './follow-ups.ts'
import { groupItems } from './group-items.ts'
import { dimensionNamed, isTimeDimension } from './item-dimensions.ts'
import { METRIC_DEFINITIONS, measureChange, measureMetric, type RateMetric } from './measure-metric.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'
import { closedWithin, filterItems } from './select-items.ts'

const MOST_GROUPS = 25

export function isRateMetric(metric: Metric | null): metric is RateMetric {
  return metric !== null && metric in METRIC_DEFINITIONS
}

/** A rate of the items that closed in the period, beside the period before and by segment, with intervals. */
export function computeMetric(all: ItemList, parameters: EconomicsParameters, metric: RateMetric): Report {
  const items = filterItems(all, parameters)
  const cohort = closedWithin(items, parameters.bounds)
  const before = closedWithin(items, parameters.comparisonBounds)
  const { label, unit, source } = METRIC_DEFINITIONS[metric]
  const figure = createFigures(parameters, source)
  const now = measureMetric(metric, cohort)
  const old = measureMetric(metric, before)
  const findings = [figure(metric, label, now.value, unit, { n: now.n, interval: now.interval })]
  if (before.length > 0) {
    const { comparison } = parameters
    const extras = { period: comparison, n: old.n, interval: old.interval }
    findings.push(figure(`${metric}.before`, `${label}, period before`, old.value, unit, extras))
    const change = measureChange(now, old)
    if (change) {
      const ofChange = { comparedWith: comparison, n: now.n + old.n, interval: change.interval }
      findings.push(figure(`${metric}.change`, `Change: ${label.toLowerCase()}`, change.value, unit, ofChange))
    }
  }
  const dimension = parameters.groupBy
    ? dimensionNamed(parameters.groupBy, items)
    : chooseDimension(cohort, parameters.workflow, parameters.timeZone, Object.keys(parameters.filters))
  const tables = []
  const charts = []
  if (dimension) {
    const isTime = isTimeDimension(dimension)
    const whole = groupItems(cohort, dimension, parameters.timeZone)
    const groups = isTime ? whole : capGroups(whole, MOST_GROUPS)
    const aligned = alignGroups(groupItems(before, dimension, parameters.timeZone), groups)
    const rows = groups.map((group) => ({
      value: group.value,
      now: measureMetric(metric, group.items),
      old: measureMetric(metric, aligned.get(group.value) ?? []),
    }))
    for (const row of rows) {
      const extras = { segment: { [dimension]: row.value }, n: row.now.n, interval: row.now.interval }
      const id = `${metric}.${groupId(dimension, row.value)}`
      findings.push(figure(id, `${label}, ${dimension} ${row.value}`, row.now.value, unit, extras))
    }
    tables.push({
      title: `${label} by ${dimension}`,
      columns: [
        { label: dimension, unit: 'text' as const },
        { label, unit },
        { label: 'Period before', unit },
        { label: `Closed ${plural(unitName(parameters))}`, unit: 'items' as const },
      ],
      rows: rows.map((row) => [row.value, row.now.value, row.old.value, row.now.items]),
    })
    charts.push({
      type: isTime ? ('line' as const) : ('bar' as const),
      title: `${label} by ${dimension}`,
      unit,
      labels: rows.map((row) => row.value),
      series: [{ name: label, values: rows.map((row) => row.now.value) }],
    })
  }
  return {
    findings,
    tables,
    charts,
    citations: [],
    caveats: dataCaveats(items, coverageOf(cohort), parameters),
    followUps: askNext(parameters, 'unit_cost', 'retries'),
  }
}
