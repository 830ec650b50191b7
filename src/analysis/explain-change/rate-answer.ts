import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { ChartSpec, Driver, Finding } from '../../domain/finding.ts'
import { boundsOf, type Period } from '../../domain/period.ts'
import { createFigures, usd } from '../economics/build-findings.ts'
import { AGENT_DIMENSIONS, dayOf, namesOfAttributes, valueOfItem } from '../economics/item-dimensions.ts'
import { METRIC_DEFINITIONS, measureChange, measureMetric, type RateMetric } from '../economics/measure-metric.ts'
import type { EconomicsParameters } from '../economics/parameters.ts'
import { closedWithin, filterItems } from '../economics/select-items.ts'
import { partOf } from '../shifts/part-of.ts'
import { decomposeDrivers } from '../why/decompose-drivers.ts'
import { formatSegment } from '../why/segment.ts'
import type { Explanation } from './compute-explanation.ts'
import { type CauseDate, dateStep } from './date-cause.ts'
import { explainRate, type RateExplanation } from './explain-rate.ts'
import { dateFindings, namedValues, SPEND_SOURCE, spendFindings } from './explanation-findings.ts'
import { usageAt } from './refine-causes.ts'

/** What a rate moves of the cost; whether items are resolved moves none of it by itself. */
const DRIVER_OF: Partial<Record<RateMetric, Driver>> = {
  attempts: 'attempts',
  tokens_per_call: 'tokens',
  override_rate: 'corrections',
}

export interface RateAnswer {
  rate: RateExplanation
  began: CauseDate | null
  findings: Finding[]
  charts: ChartSpec[]
}

/** Why a rate moved, with the dollars of the same time beside it. `explanation` is that of the dollars. Pure. */
export function answerRate(
  all: ItemList,
  explanation: Explanation,
  parameters: EconomicsParameters,
  metric: RateMetric,
  isComplete: boolean,
): RateAnswer {
  const { timeZone } = parameters
  const items = filterItems(all, parameters)
  const windows = explanation.windows.map((period) => [...closedWithin(items, boundsOf(period, timeZone))])
  const now = windows[explanation.currentWindow]!
  const history = windows.filter((_, index) => index !== explanation.currentWindow)
  const filtered = Object.keys(parameters.filters)
  const dimensions = [...namesOfAttributes(items), ...AGENT_DIMENSIONS]
    .filter((name) => !filtered.includes(name))
    .sort()
  const rate = explainRate({
    metric,
    now,
    history,
    compared: explanation.compared[0]!,
    dimensions,
    agentDimensions: AGENT_DIMENSIONS,
    timeZone,
    isComplete,
  })
  const conditions = Object.entries(rate.cause?.segment ?? {})
  const isInside = (item: WorkItemFact) =>
    conditions.every(([name, value]) => valueOfItem(item, name, timeZone) === value)
  const began =
    rate.cause &&
    dateStep(
      windows
        .flat()
        .filter(isInside)
        .flatMap((item) => {
          const part = partOf(metric, item)
          const date = dayOf(item.closedAt!, timeZone)
          return part.denominator > 0 ? [{ date, value: part.numerator / part.denominator }] : []
        }),
      parameters.period,
    )
  return {
    rate,
    began,
    findings: [
      ...rateFindings(rate, explanation, parameters, metric),
      ...(rate.cause ? dateFindings({ began, shiftDate: null }, createFigures(parameters, RATE_SOURCE)) : []),
      ...spendFindings(explanation, parameters, createFigures(parameters, SPEND_SOURCE)),
    ],
    charts: [rateChart(metric, explanation.windows, windows, rate.cause ? isInside : null)],
  }
}

const RATE_SOURCE =
  'explain_change: the segment whose rate moved apart from all others, its part by Kitagawa’s symmetric split'

function rateFindings(
  { verdict, now, before, cause, mix }: RateExplanation,
  explanation: Explanation,
  parameters: EconomicsParameters,
  metric: RateMetric,
): Finding[] {
  const { label, unit, source } = METRIC_DEFINITIONS[metric]
  const { comparison } = parameters
  const figure = createFigures(parameters, source)
  const told = createFigures(parameters, RATE_SOURCE)
  const change = measureChange(now, before)
  const findings = [
    told('verdict', 'Verdict', verdict, 'none', { kind: 'verdict', comparedWith: comparison }),
    figure(metric, label, now.value, unit, { n: now.n, interval: now.interval }),
    figure(`${metric}.before`, `${label}, period before`, before.value, unit, {
      ...{ period: comparison, n: before.n, interval: before.interval },
    }),
  ]
  if (change) {
    const extras = { comparedWith: comparison, n: now.n + before.n, interval: change.interval }
    findings.push(figure(`${metric}.change`, `Change: ${label.toLowerCase()}`, change.value, unit, extras))
  }
  if (!cause || !change) return findings
  const segment = namedValues(cause.segment)
  const driver = DRIVER_OF[metric]
  const where = { segment, n: cause.n, share: cause.share, comparedWith: comparison }
  const rest = change.value - cause.part - mix
  return [
    ...findings,
    {
      ...told(
        'cause.1',
        `${driver ?? label.toLowerCase()}, ${formatSegment(cause.segment)}`,
        driver ? usd(dollarsOf(driver, cause.segment, explanation)) : cause.part,
        driver ? 'usd' : unit,
        { kind: 'cause', ...where, ...(driver && { driver }) },
      ),
      confidence: Math.min(0.99, 1 - 1 / cause.z ** 2),
    },
    told('rate_part.segment', 'Part of the change: the rate of the segment', cause.part, unit, where),
    told('rate_part.mix', 'Part of the change: more or fewer items of the segment', mix, unit, {
      comparedWith: comparison,
    }),
    told('rate_part.rest', 'Part of the change: the rate of all others', rest, unit, { comparedWith: comparison }),
    told('segment', `${label}, in the segment`, cause.after, unit, { segment, n: cause.n }),
    told('segment.before', `${label}, in the segment, period before`, cause.before, unit, {
      segment,
      period: comparison,
    }),
    told('others', `${label}, all others`, cause.restAfter, unit),
    told('others.before', `${label}, all others, period before`, cause.restBefore, unit, { period: comparison }),
  ]
}

function dollarsOf(driver: Driver, segment: Record<string, string | null>, explanation: Explanation): number {
  const { table, currentWindow, compared } = explanation
  const { before, after } = usageAt(segment, {
    table,
    isCurrent: (row) => table.week[row] === currentWindow,
    isCompared: (row) => compared.includes(table.week[row]!),
    scale: 1 / compared.length,
  })
  return decomposeDrivers([{ segment, before, after }]).byDriver[driver]
}

function rateChart(
  metric: RateMetric,
  periods: readonly Period[],
  windows: readonly (readonly WorkItemFact[])[],
  isInside: ((item: WorkItemFact) => boolean) | null,
): ChartSpec {
  const { label, unit } = METRIC_DEFINITIONS[metric]
  const valuesOf = (keep: (item: WorkItemFact) => boolean) =>
    windows.map((items) => measureMetric(metric, items.filter(keep)).value)
  const series = [{ name: 'All', values: valuesOf(() => true) }]
  if (isInside) {
    series.push({ name: 'The segment', values: valuesOf(isInside) })
    series.push({ name: 'Without the segment', values: valuesOf((item) => !isInside(item)) })
  }
  return { type: 'line', title: `${label} by period`, unit, labels: periods.map((period) => period.from), series }
}
