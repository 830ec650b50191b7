import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { Finding, TableSpec } from '../../domain/finding.ts'
import { withScratch } from '../../domain/scratch.ts'
import { createFigures, groupId, usd } from './build-findings.ts'
import { chooseDimension } from './choose-dimension.ts'
import { groupItems } from './group-items.ts'
import { dimensionNamed } from './item-dimensions.ts'
import type { EconomicsParameters } from './parameters.ts'
import { readOutcomes } from './read-cohort.ts'
import { percentiles } from './statistics/percentile.ts'

export const SPREAD_SOURCE =
  'spread: P90 ÷ P10 and dearest ÷ cheapest of the cost of closed items whose every call is priced; for the same input (attribute "request") the dearest ÷ cheapest of its runs'

const MOST_ROWS = 20
/** Fewer items than this are no segment whose spread tells anything. */
const LEAST_ITEMS = 10

/**
 * Spread inside each value of the dimension asked for, else of the one that separates cost most: work of different kinds
 * differs in cost for good reasons. `widest` are the items of the segment with the widest P90 ÷ P10. Null without such a
 * dimension.
 */
export function spreadBySegment(
  cohort: ItemList,
  parameters: EconomicsParameters,
): { findings: Finding[]; table: TableSpec; widest: ItemList | null } | null {
  const { groupBy, workflow, timeZone, filters } = parameters
  const dimension = groupBy
    ? dimensionNamed(groupBy, cohort)
    : chooseDimension(cohort, workflow, timeZone, Object.keys(filters))
  if (dimension === null) return null
  const figure = createFigures(parameters, SPREAD_SOURCE)
  const rows = groupItems(cohort, dimension, timeZone)
    .slice(0, MOST_ROWS)
    .map(({ value, items }) => ({ value, items, ...quantilesOf(items) }))
    .map((row) => ({ ...row, ratio: dividedBy(row.high, row.low) }))
  const ranked = rows
    .filter((row) => row.items.length >= LEAST_ITEMS && row.ratio !== null)
    .sort((a, b) => b.ratio! - a.ratio! || (a.value < b.value ? -1 : 1))
  return {
    widest: ranked[0]?.items ?? null,
    findings: rows.map((row) =>
      figure(
        `spread.p90_p10.${groupId(dimension, row.value)}`,
        `Dear against cheap, ${dimension} ${row.value}: 90th ÷ 10th percentile of cost`,
        row.ratio,
        'ratio',
        { segment: { [dimension]: row.value }, n: row.items.length },
      ),
    ),
    table: {
      title: `Spread of cost by ${dimension}`,
      columns: [
        { label: dimension, unit: 'text' },
        { label: 'P90 ÷ P10', unit: 'ratio' },
        { label: 'Dearest ÷ cheapest', unit: 'ratio' },
        { label: 'Median cost', unit: 'usd' },
        { label: 'Items', unit: 'items' },
      ],
      rows: rows.map((row) => [
        ...[row.value, row.ratio, dividedBy(row.most, row.least)],
        ...[usd(row.middle), row.items.length],
      ]),
    },
  }
}

export function quantilesOf(items: ItemList) {
  const quantiles = withScratch(() => percentiles(readOutcomes(items).totals, [0, 0.1, 0.5, 0.9, 1]))
  const [least = null, low = null, middle = null, high = null, most = null] = quantiles ?? []
  return { low, middle, high, least, most }
}

export function dividedBy(above: number | null, below: number | null): number | null {
  return above === null || below === null || below === 0 ? null : above / below
}
