import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { ChartSpec, Finding, Report, TableSpec } from '../../domain/finding.ts'
import { withScratch } from '../../domain/scratch.ts'
import { createFigures, usd } from './build-findings.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { askNext } from './follow-ups.ts'
import { type MarginalStep, stepsByAttempt, stepsByContext, stepsByModel, stepsBySpend } from './marginal-steps.ts'
import { codeSegments, nameSegments } from './name-segments.ts'
import { orderById } from './order-by-id.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'
import { readCohort } from './read-cohort.ts'
import { closedWithin, filterItems, withRuns } from './select-items.ts'
import type { Interval } from './statistics/interval.ts'
import { type UnitValue, unitValue } from './unit-value.ts'

const SOURCE =
  'marginal_utility: resolution gained × value of a resolved item ÷ extra dollars, at the margin (interval of the quotient, the value taken as given); observed, not caused: hard items need more'

/** What the next dollar brings, by attempt, context, model and spend. Below 1 it loses money. */
export function computeMarginalUtility(all: ItemList, parameters: EconomicsParameters): Report {
  const items = filterItems(all, parameters)
  const cohort = withRuns(closedWithin(items, parameters.bounds))
  const segmentOf = codeSegments(cohort, nameSegments(cohort, parameters).dimension, parameters.timeZone)
  const value = unitValue(cohort, parameters.workflow)
  const columns = readCohort(cohort)
  const byId = orderById(cohort)
  const ladders: [id: string, title: string, steps: MarginalStep[]][] = [
    ['attempt', 'By attempt', withScratch(() => stepsByAttempt(columns))],
    [
      'context',
      'By size of context, inside the same segment',
      withScratch(() => stepsByContext(columns, segmentOf, byId)),
    ],
    ['model', 'By model, inside the same segment', withScratch(() => stepsByModel(columns, segmentOf))],
    ['spend', 'By spend: items from the cheapest to the dearest', withScratch(() => stepsBySpend(columns, byId))],
  ]
  const spend = ladders[3]![2]
  return {
    findings: [
      valueFinding(value, cohort.length, parameters),
      ...ladders.flatMap(([id, , steps]) =>
        steps.map((step, index) => stepFinding(`${id}.${index + 1}`, step, value, parameters)),
      ),
    ],
    tables: [...ladders]
      .sort(([a], [b]) => Number(b === parameters.groupBy) - Number(a === parameters.groupBy))
      .filter(([, , steps]) => steps.length > 0)
      .map(([, title, steps]) => ladderTable(title, steps, value)),
    charts: value && spend.length > 0 ? [curve(spend, value)] : [],
    citations: [],
    caveats: [...dataCaveats(items, coverageOf(cohort), parameters), observed(parameters)],
    followUps: askNext(parameters, 'retries', 'routing', 'context'),
  }
}

function valueFinding(value: UnitValue | null, n: number, parameters: EconomicsParameters): Finding {
  const figure = createFigures(parameters, SOURCE)
  const unit = unitName(parameters)
  if (value) return figure('unit_value', `Value of a resolved ${unit} (${value.from})`, usd(value.micros), 'usd', { n })
  const label = `What a resolved ${unit} is worth is not known: no outcome has a value and no baseline is set`
  return figure('unit_value', label, 'not_enough_data', 'none', { kind: 'verdict', n })
}

/** Value gained per extra dollar; null where the step costs nothing more or the value is not known. */
function utilityOf(gain: number, step: MarginalStep, value: UnitValue | null): number | null {
  return value === null || step.cost <= 0 ? null : (gain * value.micros) / step.cost
}

/** Of what is gained for a dollar; the value of a resolved item is taken as given. */
function intervalOf(step: MarginalStep, value: UnitValue | null): Interval | null {
  if (!step.perMicro || value === null || step.cost <= 0) return null
  const { low, high, level } = step.perMicro
  return { low: low * value.micros, high: high * value.micros, level }
}

function stepFinding(
  id: string,
  step: MarginalStep,
  value: UnitValue | null,
  parameters: EconomicsParameters,
): Finding {
  const figure = createFigures(parameters, SOURCE)
  if (value === null) {
    const label = `Dollars per extra resolved item, ${step.name}`
    return figure(`marginal_cost.${id}`, label, costOfGain(step), 'usd', { n: step.n })
  }
  const label = `Value gained per extra dollar, ${step.name}`
  const interval = intervalOf(step, value)
  return figure(`marginal_utility.${id}`, label, utilityOf(step.gain, step, value), 'ratio', { n: step.n, interval })
}

/** A gain that is only a rounding of nothing. */
const NEGLIGIBLE = 1e-9

/** Dollars more for each item that is resolved more; null where none is. */
function costOfGain(step: MarginalStep): number | null {
  return step.gain > NEGLIGIBLE ? usd(step.cost / step.gain) : null
}

function ladderTable(title: string, steps: readonly MarginalStep[], value: UnitValue | null): TableSpec {
  return {
    title,
    columns: [
      { label: 'Step', unit: 'text' },
      { label: 'Resolution gained', unit: 'share' },
      { label: 'Dollars more per item', unit: 'usd' },
      { label: 'Dollars per extra resolved item', unit: 'usd' },
      { label: 'Value per extra dollar', unit: 'ratio' },
      { label: 'Items', unit: 'items' },
    ],
    rows: steps.map((step) => [
      ...[step.name, step.gain, usd(step.cost), costOfGain(step)],
      ...[utilityOf(step.gain, step, value), step.n],
    ]),
  }
}

function curve(steps: readonly MarginalStep[], value: UnitValue): ChartSpec {
  let [spent, gained] = [0, 0]
  const points = steps.map((step) => {
    spent += step.cost * step.n
    gained += step.gain * step.n * value.micros
    return { spent, gained }
  })
  return {
    type: 'line',
    title: 'Value against spend, cheapest items first',
    unit: 'usd',
    labels: points.map((_, index) => `${(index + 1) * 10} % of items`),
    series: [
      { name: 'Spend so far', values: points.map((point) => usd(point.spent)) },
      { name: 'Value so far', values: points.map((point) => usd(point.gained)) },
    ],
  }
}

function observed(parameters: EconomicsParameters): Finding {
  const label = 'Observed, not caused: harder items take more attempts, context and dollars'
  return createFigures(parameters, SOURCE)('caveat.confounded', label, 'observed', 'none', { kind: 'event' })
}
