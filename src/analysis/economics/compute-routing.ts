import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { Finding, Report, TableSpec } from '../../domain/finding.ts'
import { buildArms, type ModelArm } from './build-arms.ts'
import { createFigures, usd } from './build-findings.ts'
import { compareModels, MARGIN, type ModelComparison, type RoutingVerdict, recordOf } from './compare-models.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { askNext } from './follow-ups.ts'
import { nameSegments } from './name-segments.ts'
import type { EconomicsParameters } from './parameters.ts'
import { type CohortColumns, readCohort } from './read-cohort.ts'
import { closedWithin, filterItems } from './select-items.ts'
import { LEVEL } from './statistics/interval.ts'
import { trialSize } from './statistics/trial-size.ts'
import { wilsonInterval } from './statistics/wilson-interval.ts'

export const ROUTING_SOURCE = `routing: by the model of the first attempt; good enough = resolution not worse by more than ${MARGIN * 100} points and cheaper per item, at 95 % confidence over all comparisons (Newcombe, Bonferroni)`

const WORDS: Readonly<Record<RoutingVerdict, string>> = {
  good_enough: 'good enough',
  worse: 'worse',
  not_cheaper: 'not shown to be cheaper',
  not_shown: 'not shown: needs a trial',
  too_few: 'too few items: needs a trial',
}

/** Where a cheaper model is good enough, segment by segment and step by step; else the size of the trial that would tell. */
export function computeRouting(all: ItemList, parameters: EconomicsParameters): Report {
  const items = filterItems(all, parameters)
  const cohort = closedWithin(items, parameters.bounds)
  const { dimension } = nameSegments(cohort, parameters)
  const columns = readCohort(cohort)
  const arms = buildArms(columns, dimension, parameters.timeZone)
  const comparisons = compareModels(columns, arms)
  return {
    findings: [
      ...comparisons.map((comparison) => comparisonFinding(comparison, dimension, parameters)),
      ...arms.flatMap((arm) => trialFindings(columns, arm, comparisons, dimension, parameters)),
      ...arms.flatMap((arm) => rateFindings(columns, arm, dimension, parameters)),
      ...(cohort.length > 0 ? [itemsFinding(cohort.length, parameters)] : []),
    ],
    tables: [recordsTable(columns, arms, dimension), comparisonsTable(comparisons, dimension)].filter(
      (table) => table.rows.length > 0,
    ),
    charts: [],
    citations: [],
    caveats: [...dataCaveats(items, coverageOf(cohort), parameters), notRandomised(parameters)],
    followUps: askNext(parameters, 'unit_cost_by_model', 'marginal', 'waste'),
  }
}

function segmentOf(segment: string, dimension: string | null): Record<string, string> {
  return dimension === null ? {} : { [dimension]: segment }
}

function placeOf(arm: Pick<ModelArm, 'segment' | 'step'>, dimension: string | null): string {
  const segment = dimension === null ? arm.segment : `${dimension} ${arm.segment}`
  return arm.step === null ? segment : `${segment}, step ${arm.step}`
}

function comparisonFinding(
  comparison: ModelComparison,
  dimension: string | null,
  parameters: EconomicsParameters,
): Finding {
  const figure = createFigures(parameters, ROUTING_SOURCE)
  const { cheaper, dearer, verdict, difference, step, segment } = comparison
  const place = placeOf(comparison, dimension)
  const id = `${verdict}.${segment}.${step ?? 'item'}.${cheaper.model}.${dearer.model}`
  const common = {
    segment: segmentOf(segment, dimension),
    model: cheaper.model,
    n: cheaper.items + dearer.items,
  }
  if (verdict === 'good_enough') {
    const label = `${cheaper.model} is good enough for ${place}: saves per item against ${dearer.model}`
    return figure(`routing.${id}`, label, usd(comparison.saving), 'usd', common)
  }
  if (verdict === 'worse' || verdict === 'not_cheaper') {
    const label = `${cheaper.model} against ${dearer.model} for ${place} (${WORDS[verdict]}): difference of the resolution rate`
    return figure(`routing.${id}`, label, cheaper.rate - dearer.rate, 'share', { ...common, interval: difference })
  }
  const label = `${cheaper.model} against ${dearer.model} for ${place} (${WORDS[verdict]}): items on each side of a trial`
  return figure(`routing.${id}`, label, comparison.trialItems, 'items', common)
}

/** A segment in which only one model works: nothing can be said of another without a trial. */
function trialFindings(
  cohort: CohortColumns,
  arm: ModelArm,
  comparisons: readonly ModelComparison[],
  dimension: string | null,
  parameters: EconomicsParameters,
): Finding[] {
  if (arm.step !== null || comparisons.some((one) => one.segment === arm.segment && one.step === null)) return []
  const [only] = arm.byModel
  if (!only) return []
  const record = recordOf(cohort, ...only)
  const label = `Only ${record.model} has enough items to compare on ${placeOf(arm, dimension)}: items on each side of a trial of another model`
  const figure = createFigures(parameters, ROUTING_SOURCE)
  return [
    figure(`routing.trial.${arm.segment}`, label, trialSize(record.rate, MARGIN), 'items', {
      segment: segmentOf(arm.segment, dimension),
      n: record.items,
    }),
  ]
}

function rateFindings(
  cohort: CohortColumns,
  arm: ModelArm,
  dimension: string | null,
  parameters: EconomicsParameters,
): Finding[] {
  if (arm.step !== null) return []
  const figure = createFigures(parameters, ROUTING_SOURCE)
  return [...arm.byModel].map(([model, places]) => {
    const { rate, resolved } = recordOf(cohort, model, places)
    return figure(
      `routing.rate.${arm.segment}.${model}`,
      `Resolution rate of ${model} for ${placeOf(arm, dimension)}`,
      rate,
      'share',
      {
        segment: segmentOf(arm.segment, dimension),
        model,
        n: places.length,
        interval: wilsonInterval(resolved, places.length, LEVEL),
      },
    )
  })
}

function itemsFinding(count: number, parameters: EconomicsParameters): Finding {
  return createFigures(parameters, ROUTING_SOURCE)('routing.items', 'Closed items', count, 'items', { n: count })
}

function recordsTable(cohort: CohortColumns, arms: readonly ModelArm[], dimension: string | null): TableSpec {
  return {
    title: 'Resolution and cost by model',
    columns: [
      { label: dimension ?? 'Segment', unit: 'text' },
      { label: 'Step', unit: 'text' },
      { label: 'Model', unit: 'text' },
      { label: 'Items', unit: 'items' },
      { label: 'Resolved', unit: 'share' },
      { label: 'Cost per item', unit: 'usd' },
    ],
    rows: arms.flatMap((arm) =>
      [...arm.byModel].map(([model, places]) => {
        const record = recordOf(cohort, model, places)
        return [arm.segment, arm.step ?? '', model, record.items, record.rate, usd(record.costPerItem)]
      }),
    ),
  }
}

function comparisonsTable(comparisons: readonly ModelComparison[], dimension: string | null): TableSpec {
  return {
    title: 'Is the other model good enough?',
    columns: [
      { label: dimension ?? 'Segment', unit: 'text' },
      { label: 'Step', unit: 'text' },
      { label: 'Model', unit: 'text' },
      { label: 'Instead of', unit: 'text' },
      { label: 'Difference of resolution', unit: 'share' },
      { label: 'From', unit: 'share' },
      { label: 'To', unit: 'share' },
      { label: 'Saving per item', unit: 'usd' },
      { label: 'Verdict', unit: 'text' },
      { label: 'Trial, items a side', unit: 'items' },
    ],
    rows: comparisons.map((one) => [
      ...[one.segment, one.step ?? '', one.cheaper.model, one.dearer.model],
      ...[one.cheaper.rate - one.dearer.rate, one.difference?.low ?? null, one.difference?.high ?? null],
      ...[usd(one.saving), WORDS[one.verdict]],
      one.verdict === 'good_enough' || one.verdict === 'worse' ? null : one.trialItems,
    ]),
  }
}

function notRandomised(parameters: EconomicsParameters): Finding {
  const label = 'Items were not given to models at random: within a segment, harder ones may go to one of them'
  return createFigures(parameters, ROUTING_SOURCE)('caveat.not_randomised', label, 'observed', 'none', {
    kind: 'event',
  })
}
