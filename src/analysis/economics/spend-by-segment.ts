import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { ChartSpec, Finding, TableSpec } from '../../domain/finding.ts'
import { addDays, dateIn, daysBetween, type Period, startOfWeek } from '../../domain/period.ts'
import { createFigures, groupId, usd } from './build-findings.ts'
import { OTHERS } from './cost-by-segment.ts'
import { isTimeDimension, NOT_GIVEN } from './item-dimensions.ts'
import { completeUntil, type EconomicsParameters } from './parameters.ts'
import {
  type SpendEntry,
  SpendGroups,
  SpendSum,
  type SpendTotals,
  type VisitSpend,
  valueOfEntry,
} from './spend-entries.ts'

const MOST_GROUPS = 25
const MOST_DAYS_DRAWN = 62
const NO_SPEND: SpendTotals = new SpendSum().totals

/** What was spent in a period, added up. */
export interface Spending {
  visitAll: VisitSpend
  totals: SpendTotals
  byKind: Map<SpendEntry['kind'], SpendTotals>
  /** By day or week, see `stepOf`. */
  byStep: Map<string, SpendTotals>
  /** Each once, in the order of the entries. */
  items: ItemList
  /** The items that most was spent on, dearest first. */
  dearest: { item: WorkItemFact }[]
}

/** Spend by the values of one dimension, largest first; the groups add up to the whole. */
export function breakDownSpend(
  spending: Spending,
  before: Spending,
  dimension: string,
  parameters: EconomicsParameters,
  source: string,
): { findings: Finding[]; table: TableSpec } {
  const figure = createFigures(parameters, source)
  const isTime = isTimeDimension(dimension)
  const nameOf = (entry: SpendEntry) =>
    valueOfEntry(entry, dimension, parameters.timeZone) ?? nameOfMissing(entry, dimension)
  const [now, old] = [sumBy(spending, nameOf), sumBy(before, nameOf)]
  const whole = spending.totals.micros
  const names = [...new Set([...now.keys(), ...(isTime ? [] : old.keys())])]
  const known = (groups: Map<string, SpendTotals>, name: string) => groups.get(name)?.micros ?? 0
  names.sort((a, b) => (isTime ? 0 : known(now, b) - known(now, a)) || (a < b ? -1 : 1))
  const kept = isTime || names.length <= MOST_GROUPS ? names : names.slice(0, MOST_GROUPS - 1)
  const rows = kept.map((name) => rowOf(name, now, old))
  if (kept.length < names.length) {
    const named = new Set(kept)
    // Added up anew: an item may be in several of the groups that are put together here.
    const others = (entry: SpendEntry) => (named.has(nameOf(entry)) ? '' : OTHERS)
    rows.push(rowOf(OTHERS, sumBy(spending, others), sumBy(before, others)))
  }
  const shareOf = (micros: number | null) => (micros === null || !whole ? null : micros / whole)
  const findings = rows.map(({ name, totals }) => {
    const share = shareOf(totals.micros)
    const extras = { segment: { [dimension]: name }, n: totals.items, ...(share === null ? {} : { share }) }
    return figure(`spend.${groupId(dimension, name)}`, `Spend, ${dimension} ${name}`, usd(totals.micros), 'usd', extras)
  })
  const table: TableSpec = {
    title: `Spend by ${dimension}`,
    columns: [
      { label: dimension, unit: 'text' },
      { label: 'Spend', unit: 'usd' },
      ...(isTime ? [] : [{ label: 'Period before', unit: 'usd' as const }]),
      { label: 'Share', unit: 'share' },
      { label: 'Items', unit: 'items' },
      { label: 'Runs', unit: 'runs' },
    ],
    rows: rows.map(({ name, totals, before: oldMicros }) => [
      name,
      usd(totals.micros),
      ...(isTime ? [] : [usd(oldMicros)]),
      shareOf(totals.micros),
      totals.items,
      totals.runs,
    ]),
  }
  return { findings, table }
}

function sumBy({ visitAll }: Spending, nameOf: (entry: SpendEntry) => string): Map<string, SpendTotals> {
  const groups = new SpendGroups<string>()
  visitAll((entry) => groups.add(nameOf(entry), entry))
  return groups.totals
}

function rowOf(name: string, now: ReadonlyMap<string, SpendTotals>, old: ReadonlyMap<string, SpendTotals>) {
  return { name, totals: now.get(name) ?? NO_SPEND, before: (old.get(name) ?? NO_SPEND).micros }
}

/** Tool fees and corrections have no model: they are named for what they are, so that the models add up to the spend. */
function nameOfMissing(entry: SpendEntry, dimension: string): string {
  if (dimension !== 'model' || entry.kind === 'model') return NOT_GIVEN
  return entry.kind === 'tool' ? '(tool fees)' : '(corrections)'
}

/** Longer periods are drawn week by week. */
export function stepOf({ from, to }: Period): 'day' | 'week' {
  return daysBetween(from, to) <= MOST_DAYS_DRAWN ? 'day' : 'week'
}

/** Spend day by day (week by week over longer periods), the period before beside it where it is as long. */
export function chartSpend(now: Spending, before: Spending, parameters: EconomicsParameters): ChartSpec {
  const { period, comparison, timeZone } = parameters
  const today = dateIn(parameters.asOf, timeZone)
  const step = stepOf(period)
  const labels = stepsOf(period, step)
  const values = seriesOf(now, labels).map((value, index) =>
    labels[index]! < completeUntil(period, today) ? value : null,
  )
  const series = [{ name: 'Spend', values }]
  const isAligned = step === 'day' && daysBetween(comparison.from, comparison.to) === labels.length
  if (isAligned && before.items.length > 0) {
    series.push({ name: 'Period before', values: seriesOf(before, stepsOf(comparison, step)) })
  }
  return { type: 'line', title: `Spend by ${step}`, unit: 'usd', labels, series }
}

function stepsOf(period: Period, step: 'day' | 'week'): string[] {
  const steps = new Set<string>()
  for (let date = period.from; date < period.to; date = addDays(date, 1)) {
    steps.add(step === 'day' ? date : startOfWeek(date))
  }
  return [...steps]
}

function seriesOf({ byStep }: Spending, labels: readonly string[]): (number | null)[] {
  return labels.map((label) => usd((byStep.get(label) ?? NO_SPEND).micros))
}
