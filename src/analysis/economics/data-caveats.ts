import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { Finding } from '../../domain/finding.ts'
import { addDays, dateIn } from '../../domain/period.ts'
import { createFigures, plural } from './build-findings.ts'
import type { Coverage } from './coverage-of.ts'
import { CORRECTION_DIMENSIONS, dimensionNamed, namesOfAttributes, RUN_PARTS, valueOfItem } from './item-dimensions.ts'
import { pricedShare, ratioOf } from './item-totals.ts'
import { completeUntil, type EconomicsParameters, unitName } from './parameters.ts'
import { countClosedWithoutRuns, countOpenWithin, countRestatedWithin } from './select-items.ts'

/** What every reader of a figure must know: what is priced, open, restated, estimated, and up to when data are complete. */
export function dataCaveats(
  items: ItemList,
  coverage: Coverage,
  parameters: EconomicsParameters,
  view: 'cohort' | 'spend' = 'cohort',
): Finding[] {
  return [
    ...pricingCaveats(coverage, parameters),
    ...(view === 'cohort' ? itemCaveats(items, parameters) : []),
    ...completenessCaveats(parameters),
    ...askedCaveats(items, parameters),
  ]
}

/** What the question named and the data do not have. */
function askedCaveats(items: ItemList, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, 'data: items that were worked on or closed in the period')
  if (items.length === 0) {
    const label = `No ${plural(unitName(parameters))} of that kind were worked on or closed in the period`
    return [figure('caveat.no_items', label, 'not_enough_data', 'none', { kind: 'verdict' })]
  }
  if (!parameters.groupBy) return []
  const dimension = dimensionNamed(parameters.groupBy, items)
  const isKnown =
    ([...CORRECTION_DIMENSIONS, ...RUN_PARTS] as readonly string[]).includes(dimension) ||
    dimension === 'kind' ||
    items.some((item) => valueOfItem(item, dimension, parameters.timeZone) !== null)
  if (isKnown) return []
  const names = namesOfAttributes(items).slice(0, 12).join(', ')
  const label = `No item has "${parameters.groupBy}"; they have ${names || 'no attributes'}`
  return [figure('caveat.unknown_dimension', label, parameters.groupBy, 'none', { kind: 'event' })]
}

function pricingCaveats(coverage: Coverage, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, 'data: calls with a contract, reported or catalogue price at their time')
  const caveats = []
  const calls = coverage.pricedCalls + coverage.unpricedCalls
  if (calls > 0)
    caveats.push(figure('caveat.priced_calls', 'Calls priced', pricedShare(coverage), 'share', { n: calls }))
  if (coverage.unpricedCorrections > 0) {
    const label = 'Corrections whose minutes or hourly rate are unknown'
    caveats.push(figure('caveat.unpriced_corrections', label, coverage.unpricedCorrections, 'count'))
  }
  if (coverage.runsWithEstimatedUsage > 0) {
    const share = ratioOf(coverage.runsWithEstimatedUsage, coverage.attempts)
    const label = 'Runs whose tokens were counted with a tokenizer, not reported'
    caveats.push(figure('caveat.usage_estimated', label, share, 'share', { n: coverage.runsWithEstimatedUsage }))
  }
  return caveats
}

function itemCaveats(items: ItemList, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, 'data: outcomes up to the time of the question')
  const units = plural(unitName(parameters))
  const counts: [id: string, label: string, count: number, isAlwaysShown: boolean, isBefore?: boolean][] = [
    [
      'caveat.open_items',
      `Open ${units} worked on in the period, not counted`,
      countOpenWithin(items, parameters.bounds),
      true,
    ],
    [
      'caveat.reopened_items',
      `Resolved in the period and reopened since; earlier answers are restated`,
      countRestatedWithin(items, parameters.bounds),
      false,
    ],
    [
      'caveat.reopened_items.before',
      `Resolved in the period compared with and reopened since; earlier answers are restated`,
      countRestatedWithin(items, parameters.comparisonBounds),
      false,
      true,
    ],
    [
      'caveat.items_without_runs',
      `Closed ${units} of which no run has arrived, left out`,
      countClosedWithoutRuns(items, parameters.bounds),
      false,
    ],
  ]
  return counts
    .filter(([, , count, isAlwaysShown]) => isAlwaysShown || count > 0)
    .map(([id, label, count, , isBefore]) =>
      figure(id, label, count, 'items', isBefore ? { period: parameters.comparison } : {}),
    )
}

function completenessCaveats(parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, 'data: days that had ended at the time of the question')
  const today = dateIn(parameters.asOf, parameters.timeZone)
  const until = completeUntil(parameters.period, today)
  const caveats = [
    figure('caveat.complete_through', 'Data complete through', addDays(until, -1), 'date', { kind: 'event' }),
  ]
  if (until < parameters.period.to) {
    const label = 'The period has not ended'
    caveats.push(figure('caveat.data_incomplete', label, 'data_incomplete', 'none', { kind: 'verdict' }))
  }
  return caveats
}
