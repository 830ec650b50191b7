import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { Finding, Report, TableSpec } from '../../domain/finding.ts'
import { createFigures, plural, usd } from './build-findings.ts'
import { citeItem, firstItem } from './cite-items.ts'
import { countFeatures } from './count-features.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { askNext } from './follow-ups.ts'
import { groupPaths, type Path } from './group-paths.ts'
import { RUN_PARTS } from './item-dimensions.ts'
import { knownCost, ratioOf, totalItems } from './item-totals.ts'
import { nameSegments } from './name-segments.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'
import { closedWithin, filterItems, joinItems, withRuns } from './select-items.ts'
import { LEVEL } from './statistics/interval.ts'
import { wilsonInterval } from './statistics/wilson-interval.ts'
import { type FeatureWeight, weighFeatures } from './weigh-features.ts'

const PATH_SOURCE = 'what_mattered: paths of the last attempt (steps in order, loops folded)'
const FEATURE_SOURCE =
  'what_mattered: resolution with − without, inside the same segment (Mantel–Haenszel, stratified Newcombe interval, Bonferroni); goes with, not causes'
const MOST_PATHS = 8
const MOST_FEATURES = 12

/** Which paths items took and how they ended; which steps, documents and tools go with resolution. */
export function computeWhatMattered(all: ItemList, parameters: EconomicsParameters): Report {
  const items = filterItems(all, parameters)
  const cohort = withRuns(closedWithin(items, parameters.bounds))
  const { dimension, segments } = nameSegments(cohort, parameters)
  const paths = groupPaths(cohort)
  const isAsked = (feature: FeatureWeight) =>
    !(RUN_PARTS as readonly string[]).includes(parameters.groupBy ?? '') || feature.kind === parameters.groupBy
  const features = weighFeatures(countFeatures(cohort, segments)).filter(isAsked)
  return {
    findings: [...features.slice(0, MOST_FEATURES).map(findingMaker(parameters)), ...pathFindings(paths, parameters)],
    tables: [featureTable(features, dimension), pathTable(paths, parameters)].filter((table) => table.rows.length > 0),
    charts: [],
    citations: paths
      .slice(0, 3)
      .map((path) => citeItem(firstItem(path.items)!, parameters.baseUrl, `took the path ${path.name}`.slice(0, 120))),
    caveats: dataCaveats(items, coverageOf(cohort), parameters),
    followUps: askNext(parameters, 'spread', 'context', 'waste'),
  }
}

function findingMaker(parameters: EconomicsParameters) {
  const figure = createFigures(parameters, FEATURE_SOURCE)
  return (feature: FeatureWeight): Finding =>
    figure(
      `feature.${feature.kind}.${feature.name}`,
      `${feature.kind} ${feature.name}: resolution with − without${feature.standsOut ? '' : ' (does not stand out)'}`,
      feature.difference,
      'share',
      { n: feature.with + feature.without, interval: feature.interval },
    )
}

function pathFindings(paths: readonly Path[], parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, PATH_SOURCE)
  const whole = paths.reduce((sum, path) => sum + path.items.length, 0)
  return [
    figure('paths', 'Different paths', paths.length, 'count', { n: whole }),
    ...paths.slice(0, MOST_PATHS).map((path, index) => {
      const { resolved, items } = path.totals
      return figure(
        `path.${index + 1}`,
        `Resolution rate on the path ${path.name}`,
        ratioOf(resolved, items),
        'share',
        {
          ...{ n: items, share: items / whole, interval: wilsonInterval(resolved, items, LEVEL) },
        },
      )
    }),
  ]
}

function featureTable(features: readonly FeatureWeight[], dimension: string | null): TableSpec {
  return {
    title: `What goes with resolution${dimension === null ? '' : `, inside the same ${dimension}`}`,
    columns: [
      { label: 'Step, document or tool', unit: 'text' },
      { label: 'With − without', unit: 'share' },
      { label: 'From', unit: 'share' },
      { label: 'To', unit: 'share' },
      { label: 'Items with', unit: 'items' },
      { label: 'Items without', unit: 'items' },
      { label: 'Stands out', unit: 'text' },
    ],
    rows: features
      .slice(0, MOST_FEATURES)
      .map((feature) => [
        `${feature.kind}: ${feature.name}`,
        ...[feature.difference, feature.interval.low, feature.interval.high],
        ...[feature.with, feature.without, feature.standsOut ? 'yes' : 'no'],
      ]),
  }
}

function pathTable(paths: readonly Path[], parameters: EconomicsParameters): TableSpec {
  const rest = paths.slice(MOST_PATHS)
  const shown = [
    ...paths.slice(0, MOST_PATHS),
    ...(rest.length > 0
      ? [{ name: `${rest.length} other paths`, totals: totalItems(joinItems(rest.map((path) => path.items))) }]
      : []),
  ]
  return {
    title: `Paths that ${plural(unitName(parameters))} took`,
    columns: [
      { label: 'Path', unit: 'text' },
      { label: 'Items', unit: 'items' },
      { label: 'Resolved', unit: 'share' },
      { label: 'Cost per item', unit: 'usd' },
    ],
    rows: shown.map(({ name, totals }) => {
      const cost = ratioOf(knownCost(totals), totals.items)
      return [name, totals.items, ratioOf(totals.resolved, totals.items), usd(cost)]
    }),
  }
}
