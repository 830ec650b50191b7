import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { ChartSpec, Finding, TableSpec } from '../../domain/finding.ts'
import { createFigures, groupId, plural, usd, usdInterval } from './build-findings.ts'
import { groupItems, type ItemGroup } from './group-items.ts'
import { isTimeDimension } from './item-dimensions.ts'
import { costPerResolved, type ItemTotals, knownCost, ratioOf, totalItems } from './item-totals.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'
import { joinItems } from './select-items.ts'
import { COHORT_SOURCE, unitCostInterval } from './unit-cost.ts'

export const OTHERS = '(all others)'
const MOST_GROUPS = 25

/** Unit cost by the values of one dimension, dearest first. The groups add up to the whole: what is small is put together. */
export function breakDownCost(
  cohort: ItemList,
  before: ItemList,
  dimension: string,
  parameters: EconomicsParameters,
): { findings: Finding[]; table: TableSpec; chart: ChartSpec } {
  const figure = createFigures(parameters, COHORT_SOURCE)
  const unit = unitName(parameters)
  const whole = groupItems(cohort, dimension, parameters.timeZone)
  const groups = isTimeDimension(dimension) ? whole : capGroups(whole, MOST_GROUPS)
  const old = alignGroups(groupItems(before, dimension, parameters.timeZone), groups)
  const rows = groups.map(({ value, items }) => ({
    value,
    items,
    totals: totalItems(items),
    before: costPerResolved(totalItems(old.get(value) ?? [])),
  }))
  if (!isTimeDimension(dimension)) {
    rows.sort((a, b) => (costPerResolved(b.totals) ?? -1) - (costPerResolved(a.totals) ?? -1))
  }
  const cost = costOfAll(rows)
  const findings = rows.map(({ value, items, totals }) =>
    figure(
      `cost_per_resolved.${groupId(dimension, value)}`,
      `Cost per resolved ${unit}, ${dimension} ${value}`,
      usd(costPerResolved(totals)),
      'usd',
      {
        segment: { [dimension]: value },
        n: totals.items,
        interval: usdInterval(unitCostInterval(items, totals)),
        // Of the cost of all of them.
        ...(cost ? { share: totals.totalMicros / cost } : {}),
      },
    ),
  )
  const table: TableSpec = {
    title: `Cost per resolved ${unit} by ${dimension}`,
    columns: [
      { label: dimension, unit: 'text' },
      { label: `Cost per resolved ${unit}`, unit: 'usd' },
      { label: 'Period before', unit: 'usd' },
      { label: `Closed ${plural(unit)}`, unit: 'items' },
      { label: 'Resolved', unit: 'share' },
      { label: 'Attempts per item', unit: 'ratio' },
      { label: 'Cost', unit: 'usd' },
    ],
    rows: rows.map(({ value, totals, before: old }) => [
      value,
      usd(costPerResolved(totals)),
      usd(old),
      totals.items,
      ratioOf(totals.resolved, totals.items),
      ratioOf(totals.attempts, totals.items),
      usd(knownCost(totals)),
    ]),
  }
  const chart: ChartSpec = {
    type: isTimeDimension(dimension) ? 'line' : 'bar',
    title: table.title,
    unit: 'usd',
    labels: rows.map((row) => row.value),
    series: [{ name: `Cost per resolved ${unit}`, values: rows.map((row) => usd(costPerResolved(row.totals))) }],
  }
  return { findings, table, chart }
}

/** What `knownCost` says of all groups together. */
function costOfAll(rows: readonly { totals: ItemTotals }[]): number | null {
  const sum = (name: 'totalMicros' | 'unpricedCalls' | 'unpricedCorrections') =>
    rows.reduce((total, { totals }) => total + totals[name], 0)
  return knownCost({
    totalMicros: sum('totalMicros'),
    unpricedCalls: sum('unpricedCalls'),
    unpricedCorrections: sum('unpricedCorrections'),
  })
}

/** The groups of another period under the names that are kept here; whatever is not named goes to the others. */
export function alignGroups(groups: readonly ItemGroup[], kept: readonly ItemGroup[]): Map<string, ItemList> {
  const names = new Set(kept.map((group) => group.value))
  const aligned = Map.groupBy(groups, ({ value }) => (names.has(value) ? value : OTHERS))
  return new Map([...aligned].map(([name, own]) => [name, joinItems(own.map(({ items }) => items))]))
}

/** Keeps the largest groups and puts the rest into one, so that they still add up. */
export function capGroups(groups: readonly ItemGroup[], most: number): ItemGroup[] {
  if (groups.length <= most) return [...groups]
  const kept = groups.slice(0, most - 1)
  return [...kept, { value: OTHERS, items: joinItems(groups.slice(most - 1).map((group) => group.items)) }]
}
