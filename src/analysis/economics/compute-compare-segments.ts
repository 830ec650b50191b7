import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { Finding, Report, TableSpec, Unit } from '../../domain/finding.ts'
import { createFigures, plural, usd, usdInterval } from './build-findings.ts'
import { chooseSides, type Side } from './choose-sides.ts'
import { citeItem, dearestItems } from './cite-items.ts'
import { isRateMetric } from './compute-metric.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { decomposeUnitCost } from './decompose-unit-cost.ts'
import { askNext } from './follow-ups.ts'
import { knownCost, ratioOf, totalItems } from './item-totals.ts'
import { METRIC_DEFINITIONS, measureChange, measureMetric } from './measure-metric.ts'
import { measureRetries } from './measure-retries.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'
import { joinItems } from './select-items.ts'
import { differenceInterval } from './statistics/difference-interval.ts'
import { unitCostInterval } from './unit-cost.ts'

const SOURCE =
  'compare_segments: difference of the cost per resolved item, split exactly (Shapley) over items per resolved one, attempts, calls, tokens and price, corrections beside'

/** Why one segment, model or period costs more per resolved item than another. */
export function computeCompareSegments(all: ItemList, parameters: EconomicsParameters, text: string | null): Report {
  const sides = chooseSides(all, parameters, text)
  const whole = joinItems((sides ?? []).map((side) => side.items))
  return {
    findings: sides
      ? [...metricFindings(sides, parameters), ...compareSides(sides, parameters)]
      : [nothingToCompare(parameters)],
    tables: sides ? [driversTable(sides, parameters)] : [],
    charts: [],
    citations: (sides ?? []).flatMap((side) =>
      dearestItems(side.items, 1).map((item) => citeItem(item, parameters.baseUrl, `the dearest of ${side.name}`)),
    ),
    caveats: dataCaveats(all, coverageOf(whole), parameters),
    followUps: askNext(parameters, 'change', 'retries', 'waste'),
  }
}

/** The rate that the question is about, on both sides; nothing where it is about cost. */
function metricFindings(sides: [Side, Side], parameters: EconomicsParameters): Finding[] {
  const { metric } = parameters
  if (!isRateMetric(metric)) return []
  const { label, unit, source } = METRIC_DEFINITIONS[metric]
  const figure = createFigures({ ...parameters, filters: {} }, source)
  const measured = sides.map((side) => measureMetric(metric, side.items))
  const findings = sides.map((side, index) => {
    const { value, n, interval } = measured[index]!
    const segment = { ...parameters.filters, ...side.segment }
    const id = `${metric}.${index === 0 ? 'first' : 'second'}`
    return figure(id, `${label}, ${side.name}`, value, unit, { segment, period: side.period, n, interval })
  })
  const change = measureChange(measured[0]!, measured[1]!)
  if (!change) return findings
  const name = `${label}: ${sides[0].name} − ${sides[1].name}`
  return [...findings, figure(`${metric}.difference`, name, change.value, unit, { interval: change.interval })]
}

function compareSides([dearer, cheaper]: [Side, Side], parameters: EconomicsParameters): Finding[] {
  const figure = createFigures({ ...parameters, filters: {} }, SOURCE)
  const measured = [dearer, cheaper].map((side) => ({ side, totals: totalItems(side.items) }))
  // With nothing resolved on a side there is no cost per resolved item; then items are compared, and it is said.
  const isResolved = measured.every(({ totals }) => totals.resolved > 0)
  const unitsOf = (totals: { resolved: number; items: number }) => (isResolved ? totals.resolved : totals.items)
  const label = `${isResolved ? 'Cost per resolved' : 'Cost per closed'} ${unitName(parameters)}`
  const costs = measured.map(({ totals }) => {
    const cost = knownCost(totals)
    return cost === null || unitsOf(totals) === 0 ? null : Math.round(cost / unitsOf(totals))
  })
  const intervals = measured.map(({ side }) => (isResolved ? unitCostInterval(side.items) : null))
  const findings = measured.map(({ side }, index) =>
    figure(`unit_cost.${index === 0 ? 'first' : 'second'}`, `${label}, ${side.name}`, usd(costs[index]!), 'usd', {
      ...{ segment: { ...parameters.filters, ...side.segment }, period: side.period, n: side.items.length },
      interval: usdInterval(intervals[index]!),
    }),
  )
  const [first, second] = costs
  if (first == null || second == null) return [...findings, nothingToCompare(parameters, [dearer, cheaper])]
  const total = first - second
  const interval =
    intervals[0] && intervals[1]
      ? differenceInterval({ value: first, interval: intervals[0] }, { value: second, interval: intervals[1] })
      : null
  const extras = dearer.period === cheaper.period ? {} : { comparedWith: cheaper.period }
  const parts = decomposeUnitCost(
    { items: dearer.items, units: unitsOf(measured[0]!.totals) },
    { items: cheaper.items, units: unitsOf(measured[1]!.totals) },
    total,
  )
  return [
    ...findings,
    figure('difference', `${label}: ${dearer.name} − ${cheaper.name}`, usd(total), 'usd', {
      ...{ ...extras, n: dearer.items.length + cheaper.items.length },
      interval: usdInterval(interval),
    }),
    ...parts.map((part, index) =>
      figure(`contribution.${index + 1}`, part.name, usd(part.micros), 'usd', {
        ...{ ...extras, kind: 'contribution' as const, driver: part.driver, segment: dearer.segment },
        ...(part.model === undefined ? {} : { model: part.model }),
        ...shareOf(part.micros, total),
      }),
    ),
  ]
}

/** A part that goes the other way, or further than the whole, is no share of it. */
function shareOf(micros: number, total: number): { share?: number } {
  const share = total === 0 ? -1 : micros / total
  return share >= 0 && share <= 1 ? { share } : {}
}

function driversTable([first, second]: [Side, Side], parameters: EconomicsParameters): TableSpec {
  const columns = [first, second].map((side) => {
    const totals = totalItems(side.items)
    const { attempts: runs } = measureRetries(side.items)
    const tokens = (totals.usage.inputTokens ?? 0) + (totals.usage.outputTokens ?? 0)
    const counted = totals.usage.calls - totals.usage.callsWithoutUsage
    return [
      totals.items,
      ratioOf(totals.resolved, totals.items),
      ratioOf(runs, totals.items),
      ratioOf(totals.usage.calls, runs),
      ratioOf(tokens, counted),
      usd(ratioOf(totals.runsMicros, tokens / 1_000_000)),
      usd(ratioOf(totals.correctionsMicros ?? (totals.corrections > 0 ? null : 0), totals.items)),
    ]
  })
  const names: [name: string, unit: Unit][] = [
    [`Closed ${plural(unitName(parameters))}`, 'items'],
    ['Share resolved', 'share'],
    ['Attempts per item', 'ratio'],
    ['Model calls per attempt', 'ratio'],
    ['Tokens per call', 'tokens'],
    ['Cost per million tokens', 'usd'],
    ['Corrections per item', 'usd'],
  ]
  return {
    title: `${first.name} beside ${second.name}`,
    columns: [
      { label: 'What makes the cost', unit: 'text' },
      { label: first.name, unit: 'ratio' },
      { label: second.name, unit: 'ratio' },
    ],
    rows: names.map(([name], index) => [name, columns[0]![index]!, columns[1]![index]!]),
    rowUnits: names.map(([, unit]) => unit),
  }
}

function nothingToCompare(parameters: EconomicsParameters, sides: readonly Side[] = []): Finding {
  const figure = createFigures(parameters, SOURCE)
  const empty = sides.find((side) => side.items.length === 0)
  const label = empty
    ? `Docket knows no closed ${plural(unitName(parameters))} of ${empty.name} in this time, so there is nothing to compare with`
    : 'There are no two sides with closed items of known cost to compare'
  return figure('verdict', label, 'not_enough_data', 'none', { kind: 'verdict' })
}
