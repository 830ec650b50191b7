import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { Citation, Finding, Report, TableSpec } from '../../domain/finding.ts'
import { createFigures, plural, usd } from './build-findings.ts'
import { citeItem, compareItems, firstOf } from './cite-items.ts'
import type { CloserLook, ComputedReport } from './cite-runs.ts'
import { compareSteps, findParting, type Parting } from './compare-steps.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { findRepeats, type RepeatedInput } from './find-repeats.ts'
import { askNext } from './follow-ups.ts'
import { bothOf, type ItemTest, isClosedWithin } from './item-tests.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'
import { isFullyPriced } from './read-cohort.ts'
import { closedWithin, filterItems, selectItems } from './select-items.ts'
import { dividedBy, quantilesOf, SPREAD_SOURCE as SOURCE, spreadBySegment } from './spread-by-segment.ts'
import { percentile } from './statistics/percentile.ts'

/**
 * How much the same work varies in cost. `all` may reach back before the period: an input counts as repeated where any of
 * its runs closed by the end of the period. Where the dearest and the cheapest part, a closer look at the two tells.
 */
export function computeSpread(all: ItemList, parameters: EconomicsParameters): ComputedReport {
  const items = filterItems(all, parameters)
  const closed = closedWithin(items, parameters.bounds)
  const cohort = selectItems(closed, COSTS_ARE_KNOWN)
  const byTheEnd = isClosedWithin({ from: new Date(0), to: parameters.bounds.to })
  const repeats = findRepeats(selectItems(items, bothOf(byTheEnd, COSTS_ARE_KNOWN)), cohort)
  const widest = repeats[0]
  const segments = spreadBySegment(cohort, parameters)
  const pair = widest
    ? { dearest: widest.items.at(-1)!, cheapest: widest.items[0]! }
    : extremesOf(segments?.widest ?? cohort)
  const report = {
    findings: [
      ...costFindings(cohort, parameters),
      ...repeatFindings(repeats, parameters),
      ...(segments?.findings ?? []),
      ...(pair ? pairFindings(pair, parameters) : []),
    ],
    tables: [segments?.table ?? null, repeatsTable(repeats)].filter((table) => table !== null),
    charts: [],
    citations: pair ? citePair(pair, parameters) : [],
    caveats: [...dataCaveats(items, coverageOf(closed), parameters), ...leftOut(closed, cohort, parameters)],
    followUps: askNext(parameters, 'what_mattered', 'waste', 'context'),
  }
  return { ...report, closerLook: pair && lookAt(pair, report, parameters) }
}

/** A cost that lacks a call's price would look cheap. */
const COSTS_ARE_KNOWN: ItemTest = {
  onDay(reading) {
    const { totals } = reading
    return (row) => totals[row]! > 0 && isFullyPriced(reading, row)
  },
  onFact: (item) => item.unpricedCalls === 0 && item.unpricedCorrections === 0 && item.totalMicros > 0,
}

function costFindings(cohort: ItemList, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  const unit = unitName(parameters)
  const { low, middle, high, least, most } = quantilesOf(cohort)
  const n = cohort.length
  return [
    figure('spread.p90_p10', 'Dear against cheap: 90th ÷ 10th percentile of cost', dividedBy(high, low), 'ratio', {
      n,
    }),
    figure('spread.max_min', `Dearest ÷ cheapest ${unit}`, dividedBy(most, least), 'ratio', { n }),
    figure('spread.p10', `Cost that 10 % of ${plural(unit)} stay below`, usd(low), 'usd', { n }),
    figure('spread.median', `Median cost of a ${unit}`, usd(middle), 'usd', { n }),
    figure('spread.p90', `Cost that 10 % of ${plural(unit)} exceed`, usd(high), 'usd', { n }),
    figure('spread.min', `Cheapest ${unit}`, usd(least), 'usd', { n }),
    figure('spread.max', `Dearest ${unit}`, usd(most), 'usd', { n }),
  ]
}

function repeatFindings(repeats: readonly RepeatedInput[], parameters: EconomicsParameters): Finding[] {
  if (repeats.length === 0) return []
  const figure = createFigures(parameters, SOURCE)
  const ratios = repeats.map((repeat) => repeat.ratio)
  const runs = repeats.reduce((sum, repeat) => sum + repeat.items.length, 0)
  const widest = repeats[0]!
  return [
    figure(
      'same_input.median',
      'The same input run again: median dearest ÷ cheapest',
      percentile(ratios, 0.5),
      'ratio',
      {
        n: runs,
      },
    ),
    figure('same_input.max', 'The same input run again: widest dearest ÷ cheapest', widest.ratio, 'ratio', {
      n: widest.items.length,
      segment: { [widest.attribute]: widest.value },
    }),
    figure('same_input.inputs', 'Inputs that were run more than once', repeats.length, 'count', { n: runs }),
  ]
}

function repeatsTable(repeats: readonly RepeatedInput[]): TableSpec | null {
  if (repeats.length === 0) return null
  return {
    title: 'The same input, run again',
    columns: [
      { label: repeats[0]!.attribute, unit: 'text' },
      { label: 'Runs', unit: 'runs' },
      { label: 'Cheapest', unit: 'usd' },
      { label: 'Dearest', unit: 'usd' },
      { label: 'Dearest ÷ cheapest', unit: 'ratio' },
      { label: 'Resolved', unit: 'share' },
    ],
    rows: repeats.slice(0, 10).map(({ value, items, ratio }) => {
      const resolved = items.filter((item) => item.status === 'resolved').length / items.length
      return [value, items.length, usd(items[0]!.totalMicros), usd(items.at(-1)!.totalMicros), ratio, resolved]
    }),
  }
}

/** Two items that stand side by side. */
interface Pair {
  dearest: WorkItemFact
  cheapest: WorkItemFact
}

function pairFindings({ dearest, cheapest }: Pair, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  const whole = (side: string, item: WorkItemFact) =>
    figure(`pair.${side}`, item.workItemId, usd(item.totalMicros), 'usd', { n: item.attempts })
  return [whole('dearest', dearest), whole('cheapest', cheapest)]
}

/** The two side by side, and the step at which they part. A year of steps is not read to show those of two items. */
function lookAt({ dearest, cheapest }: Pair, report: Report, parameters: EconomicsParameters): CloserLook {
  return {
    items: [dearest, cheapest],
    complete([dearer, cheaper]) {
      const findings = [...report.findings, ...partingFindings(findParting(dearer!, cheaper!), parameters)]
      // One table is shown in Slack: where the two part, unless a split was asked for.
      const tables = report.tables.toSpliced(parameters.groupBy ? 1 : 0, 0, compareSteps(dearer!, cheaper!))
      return { ...report, findings, tables }
    },
  }
}

function partingFindings(parting: Parting | null, parameters: EconomicsParameters): Finding[] {
  if (!parting) return []
  const figure = createFigures(parameters, SOURCE)
  const { step, dearer, cheaper } = parting
  return [
    figure('pair.parting.dearest', step, usd(dearer.micros), 'usd', { n: dearer.calls }),
    figure('pair.parting.cheapest', step, usd(cheaper.micros), 'usd', { n: cheaper.calls }),
  ]
}

/** Null where there are no two of them. */
function extremesOf(cohort: ItemList): Pair | null {
  const compare = (a: WorkItemFact, b: WorkItemFact) => a.totalMicros - b.totalMicros || compareItems(a, b)
  const [dearest] = firstOf(cohort, 1, (a, b) => compare(b, a))
  const [cheapest] = firstOf(cohort, 1, compare)
  return dearest && cheapest && compareItems(dearest, cheapest) !== 0 ? { dearest, cheapest } : null
}

function citePair({ dearest, cheapest }: Pair, { baseUrl }: EconomicsParameters): Citation[] {
  return [citeItem(dearest, baseUrl, 'the dearest'), citeItem(cheapest, baseUrl, 'the cheapest')]
}

function leftOut(closed: ItemList, cohort: ItemList, parameters: EconomicsParameters): Finding[] {
  const count = closed.length - cohort.length
  if (count === 0) return []
  const label = 'Items left out because a call or a correction has no known price'
  return [createFigures(parameters, SOURCE)('caveat.not_fully_priced', label, count, 'items')]
}
