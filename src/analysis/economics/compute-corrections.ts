import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { CorrectionFact } from '../../domain/facts.ts'
import type { Citation, Finding, Report, TableSpec } from '../../domain/finding.ts'
import { addKnown } from '../../domain/usage.ts'
import { createFigures, groupId, usd } from './build-findings.ts'
import { citeItem } from './cite-items.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { askNext } from './follow-ups.ts'
import { dimensionNamed } from './item-dimensions.ts'
import { groupCorrections, listCorrections, type MadeCorrection } from './list-corrections.ts'
import { measureChange, measureMetric } from './measure-metric.ts'
import type { EconomicsParameters } from './parameters.ts'
import { closedWithin, filterItems } from './select-items.ts'

const SOURCE = 'corrections: human corrections made in the period; their cost is minutes × the workflow’s hourly rate'
const RATE_SOURCE = 'override_rate: items that a person corrected ÷ items that closed in the period'
const MOST_ROWS = 15

/** Who corrects what, how often, how long, by which rule; and the override rate as a measure of quality. */
export function computeCorrections(all: ItemList, parameters: EconomicsParameters): Report {
  const items = filterItems(all, parameters)
  const made = listCorrections(items, parameters.bounds)
  const before = listCorrections(items, parameters.comparisonBounds)
  const dimensions = parameters.groupBy
    ? [correctionDimension(parameters.groupBy, items)]
    : ['rule', 'decision', 'actor']
  const parts = dimensions.map((dimension) => breakDown(made, before, dimension, parameters))
  const touched = [...new Set(made.map((one) => one.item))]
  return {
    findings: [
      ...totalFindings(made, before, parameters),
      ...rateFindings(items, parameters),
      ...parts.flatMap((part) => part.findings),
    ],
    tables: parts.map((part) => part.table).filter((table) => table.rows.length > 0),
    charts: [],
    citations: citeLatest(made, parameters),
    caveats: dataCaveats(items, { ...coverageOf(touched), unpricedCorrections: unpricedOf(made) }, parameters),
    followUps: followUpsOf(made, parameters),
  }
}

function correctionDimension(name: string, items: ItemList): string {
  const own: Record<string, string> = { person: 'actor', who: 'actor', reviewer: 'actor', change: 'decision' }
  return own[name.toLowerCase()] ?? dimensionNamed(name, items)
}

function totalFindings(
  made: readonly MadeCorrection[],
  before: readonly MadeCorrection[],
  parameters: EconomicsParameters,
): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  const n = made.length
  const minutes = minutesOf(made)
  const timed = made.filter((one) => one.correction.minutes !== null).length
  const findings = [
    figure('corrections', 'Corrections by people', n, 'count', { n: new Set(made.map((one) => one.item)).size }),
    figure('corrections.cost', 'What they cost', usd(costOf(made)), 'usd', { n: n - unpricedOf(made) }),
    figure('corrections.minutes', 'Minutes spent', minutes, 'minutes', { n: timed }),
    figure('corrections.minutes_each', 'Minutes each', minutes === null ? null : minutes / timed, 'minutes', {
      n: timed,
    }),
  ]
  if (before.length > 0) {
    const extras = { period: parameters.comparison, n: new Set(before.map((one) => one.item)).size }
    findings.push(figure('corrections.before', 'Corrections, period before', before.length, 'count', extras))
  }
  return findings
}

function rateFindings(items: ItemList, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, RATE_SOURCE)
  const now = measureMetric('override_rate', closedWithin(items, parameters.bounds))
  const old = measureMetric('override_rate', closedWithin(items, parameters.comparisonBounds))
  const findings = [figure('override_rate', 'Override rate', now.value, 'share', { n: now.n, interval: now.interval })]
  const change = measureChange(now, old)
  if (!change) return findings
  const { comparison } = parameters
  return [
    ...findings,
    figure('override_rate.before', 'Override rate, period before', old.value, 'share', {
      ...{ period: comparison, n: old.n, interval: old.interval },
    }),
    figure('override_rate.change', 'Change of the override rate', change.value, 'share', {
      ...{ comparedWith: comparison, n: now.n + old.n, interval: change.interval },
    }),
  ]
}

function breakDown(
  made: readonly MadeCorrection[],
  before: readonly MadeCorrection[],
  dimension: string,
  parameters: EconomicsParameters,
): { findings: Finding[]; table: TableSpec } {
  const figure = createFigures(parameters, SOURCE)
  const old = new Map(
    groupCorrections(before, dimension, parameters.timeZone).map((group) => [group.value, group.made]),
  )
  const groups = groupCorrections(made, dimension, parameters.timeZone).slice(0, MOST_ROWS)
  const findings = groups.map((group) =>
    figure(
      `corrections.${groupId(dimension, group.value)}`,
      `Corrections, ${dimension} ${group.value}`,
      group.made.length,
      'count',
      {
        segment: { [dimension]: group.value },
        n: new Set(group.made.map((one) => one.item)).size,
        share: group.made.length / made.length,
      },
    ),
  )
  const table: TableSpec = {
    title: `Corrections by ${dimension}`,
    columns: [
      { label: dimension, unit: 'text' },
      { label: 'Corrections', unit: 'count' },
      { label: 'Period before', unit: 'count' },
      { label: 'Minutes', unit: 'minutes' },
      { label: 'Cost', unit: 'usd' },
      { label: 'Commonest reason', unit: 'text' },
    ],
    rows: groups.map((group) => [
      group.value,
      group.made.length,
      old.get(group.value)?.length ?? 0,
      minutesOf(group.made),
      usd(costOf(group.made)),
      commonestReason(group.made),
    ]),
  }
  return { findings, table }
}

function minutesOf(made: readonly MadeCorrection[]): number | null {
  return made.reduce<number | null>((sum, one) => addKnown(sum, one.correction.minutes), null)
}

function costOf(made: readonly MadeCorrection[]): number | null {
  return made.length === 0
    ? 0
    : made.reduce<number | null>((sum, one) => addKnown(sum, one.correction.costMicros), null)
}

function unpricedOf(made: readonly MadeCorrection[]): number {
  return made.filter((one) => one.correction.costMicros === null).length
}

function commonestReason(made: readonly MadeCorrection[]): string {
  const counts = new Map<string, number>()
  for (const { correction } of made) counts.set(correction.reason, (counts.get(correction.reason) ?? 0) + 1)
  return [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))[0]?.[0] ?? ''
}

function citeLatest(made: readonly MadeCorrection[], parameters: EconomicsParameters): Citation[] {
  return made.slice(0, 5).map(({ item, correction }) => ({
    ...citeItem(item, parameters.baseUrl, titleOf(correction)),
    kind: 'override',
    id: correction.id,
  }))
}

function titleOf(correction: CorrectionFact): string {
  return `${correction.agentDecision} → ${correction.humanDecision} by ${correction.actor}`
}

function followUpsOf(made: readonly MadeCorrection[], parameters: EconomicsParameters): string[] {
  const rule = made.find((one) => one.correction.rule !== null)?.correction.rule
  return [
    ...(rule ? [`find overrides about rule ${rule}`] : []),
    ...askNext(parameters, 'override_change', 'unit_cost'),
  ]
}
