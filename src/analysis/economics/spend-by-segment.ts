import type { ChartSpec, Finding, TableSpec } from '../../domain/finding.ts'
import { addDays, dateIn, daysBetween, type Period, startOfWeek } from '../../domain/period.ts'
import { addToGroup } from './add-to-group.ts'
import { createFigures, groupId, usd } from './build-findings.ts'
import { OTHERS } from './cost-by-segment.ts'
import { isTimeDimension, NOT_GIVEN } from './item-dimensions.ts'
import { completeUntil, type EconomicsParameters } from './parameters.ts'
import { type SpendEntry, totalSpend, valueOfEntry } from './spend-entries.ts'

const MOST_GROUPS = 25
const MOST_DAYS_DRAWN = 62

/** Spend by the values of one dimension, largest first; the groups add up to the whole. */
export function breakDownSpend(
  entries: readonly SpendEntry[],
  before: readonly SpendEntry[],
  dimension: string,
  parameters: EconomicsParameters,
  source: string,
): { findings: Finding[]; table: TableSpec } {
  const figure = createFigures(parameters, source)
  const isTime = isTimeDimension(dimension)
  const now = groupEntries(entries, dimension, parameters.timeZone)
  const old = groupEntries(before, dimension, parameters.timeZone)
  const whole = totalSpend(entries).micros
  const names = [...new Set([...now.keys(), ...(isTime ? [] : old.keys())])]
  const known = (groups: Map<string, SpendEntry[]>, name: string) => totalSpend(groups.get(name) ?? []).micros
  names.sort((a, b) => (isTime ? 0 : (known(now, b) ?? 0) - (known(now, a) ?? 0)) || (a < b ? -1 : 1))
  const kept = isTime || names.length <= MOST_GROUPS ? names : names.slice(0, MOST_GROUPS - 1)
  const rest = names.slice(kept.length)
  const membersOf = (groups: Map<string, SpendEntry[]>, name: string) =>
    name === OTHERS ? rest.flatMap((other) => groups.get(other) ?? []) : (groups.get(name) ?? [])
  const rows = [...kept, ...(rest.length > 0 ? [OTHERS] : [])].map((name) => {
    const totals = totalSpend(membersOf(now, name))
    return { name, totals, before: totalSpend(membersOf(old, name)).micros }
  })
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

function groupEntries(entries: readonly SpendEntry[], dimension: string, timeZone: string): Map<string, SpendEntry[]> {
  const groups = new Map<string, SpendEntry[]>()
  for (const entry of entries) {
    const value = valueOfEntry(entry, dimension, timeZone) ?? nameOfMissing(entry, dimension)
    addToGroup(groups, value, entry)
  }
  return groups
}

/** Tool fees and corrections have no model: they are named for what they are, so that the models add up to the spend. */
function nameOfMissing(entry: SpendEntry, dimension: string): string {
  if (dimension !== 'model' || entry.kind === 'model') return NOT_GIVEN
  return entry.kind === 'tool' ? '(tool fees)' : '(corrections)'
}

/** Spend day by day (week by week over longer periods), the period before beside it where it is as long. */
export function chartSpend(
  entries: readonly SpendEntry[],
  before: readonly SpendEntry[],
  parameters: EconomicsParameters,
): ChartSpec {
  const { period, comparison, timeZone } = parameters
  const today = dateIn(parameters.asOf, timeZone)
  const step = daysBetween(period.from, period.to) <= MOST_DAYS_DRAWN ? 'day' : 'week'
  const labels = stepsOf(period, step)
  const values = seriesOf(entries, labels, step, timeZone).map((value, index) =>
    labels[index]! < completeUntil(period, today) ? value : null,
  )
  const series = [{ name: 'Spend', values }]
  const isAligned = step === 'day' && daysBetween(comparison.from, comparison.to) === labels.length
  if (isAligned && before.length > 0) {
    const old = seriesOf(before, stepsOf(comparison, step), step, timeZone)
    series.push({ name: 'Period before', values: old })
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

function seriesOf(entries: readonly SpendEntry[], labels: readonly string[], step: string, timeZone: string) {
  const byStep = groupEntries(entries, step, timeZone)
  return labels.map((label): number | null => usd(totalSpend(byStep.get(label) ?? []).micros))
}
