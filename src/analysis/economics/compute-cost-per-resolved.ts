import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { Finding, Report } from '../../domain/finding.ts'
import { baselineFindings } from './baseline-findings.ts'
import { createFigures, plural, usd, usdInterval } from './build-findings.ts'
import { chooseDimension } from './choose-dimension.ts'
import { citeItem, dearestItems } from './cite-items.ts'
import { breakDownCost } from './cost-by-segment.ts'
import { dataCaveats } from './data-caveats.ts'
import { askNext } from './follow-ups.ts'
import { dimensionNamed } from './item-dimensions.ts'
import { costPerResolved, type ItemTotals, knownCost, ratioOf, totalItems } from './item-totals.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'
import { closedWithin, filterItems } from './select-items.ts'
import { differenceInterval } from './statistics/difference-interval.ts'
import { LEVEL } from './statistics/interval.ts'
import { wilsonInterval } from './statistics/wilson-interval.ts'
import { COHORT_SOURCE, unitCostInterval } from './unit-cost.ts'

/** Cost per resolved item, cohort view: the whole cost of what closed in the period over what was resolved of it. */
export function computeCostPerResolved(all: ItemList, parameters: EconomicsParameters): Report {
  const items = filterItems(all, parameters)
  const cohort = closedWithin(items, parameters.bounds)
  const before = closedWithin(items, parameters.comparisonBounds)
  const totals = totalItems(cohort)
  const dimension = parameters.groupBy
    ? dimensionNamed(parameters.groupBy, items)
    : chooseDimension(cohort, parameters.workflow, parameters.timeZone, Object.keys(parameters.filters))
  const segments = dimension ? breakDownCost(cohort, before, dimension, parameters) : null
  const unit = unitName(parameters)
  return {
    findings: [
      ...unitCostFindings(cohort, totals, before, parameters),
      ...partFindings(totals, parameters),
      ...baselineFindings(totals, parameters),
      ...(segments?.findings ?? []),
    ],
    tables: segments ? [segments.table] : [],
    charts: segments ? [segments.chart] : [],
    citations: dearestItems(cohort, 3).map((item) =>
      citeItem(item, parameters.baseUrl, `one of the dearest ${plural(unit)}`),
    ),
    caveats: dataCaveats(items, totals, parameters),
    followUps: askNext(
      parameters,
      'change',
      'retries',
      'baseline',
      dimension === 'model' ? 'waste' : 'unit_cost_by_model',
    ),
  }
}

function unitCostFindings(
  cohort: ItemList,
  totals: ItemTotals,
  before: ItemList,
  parameters: EconomicsParameters,
): Finding[] {
  const figure = createFigures(parameters, COHORT_SOURCE)
  const label = `Cost per resolved ${unitName(parameters)}`
  const oldTotals = totalItems(before)
  const [value, old] = [costPerResolved(totals), costPerResolved(oldTotals)]
  const [interval, oldInterval] = [unitCostInterval(cohort, totals), unitCostInterval(before, oldTotals)]
  const findings = [
    figure('cost_per_resolved', label, usd(value), 'usd', { n: cohort.length, interval: usdInterval(interval) }),
  ]
  if (before.length === 0) return findings
  findings.push(
    figure('cost_per_resolved.before', `${label}, period before`, usd(old), 'usd', {
      period: parameters.comparison,
      n: before.length,
      interval: usdInterval(oldInterval),
    }),
  )
  if (value === null || old === null) return findings
  const change =
    interval && oldInterval ? differenceInterval({ value, interval }, { value: old, interval: oldInterval }) : null
  findings.push(
    figure('cost_per_resolved.change', `Change of the ${label.toLowerCase()}`, usd(value - old), 'usd', {
      comparedWith: parameters.comparison,
      n: cohort.length + before.length,
      interval: usdInterval(change),
    }),
  )
  return findings
}

function partFindings(totals: ItemTotals, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, COHORT_SOURCE)
  const units = plural(unitName(parameters))
  const rate = wilsonInterval(totals.resolved, totals.items, LEVEL)
  const n = totals.items
  const findings = [
    figure('total_cost', `Cost of the closed ${units}`, usd(knownCost(totals)), 'usd', { n }),
    figure('closed_items', `Closed ${units}`, totals.items, 'items', { n }),
    figure('resolved_items', `Resolved ${units}`, totals.resolved, 'items', { n }),
    figure('resolution_rate', `Share of closed ${units} resolved`, ratioOf(totals.resolved, n), 'share', {
      n,
      interval: rate,
    }),
    figure('attempts_per_item', 'Attempts per item', ratioOf(totals.attempts, n), 'ratio', { n }),
    figure('cost.runs', 'Model calls, failed and repeated ones included', usd(knownRunsCost(totals)), 'usd', { n }),
  ]
  if (totals.toolsMicros !== null)
    findings.push(figure('cost.tools', 'Tool fees', usd(totals.toolsMicros), 'usd', { n }))
  if (totals.corrections > 0) {
    const { correctionsMicros, corrections } = totals
    findings.push(figure('cost.corrections', 'People’s corrections', usd(correctionsMicros), 'usd', { n: corrections }))
  }
  return findings
}

function knownRunsCost(totals: ItemTotals): number | null {
  return totals.runsMicros === 0 && totals.unpricedCalls > 0 ? null : totals.runsMicros
}
