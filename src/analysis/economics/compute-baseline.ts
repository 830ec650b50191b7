import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { Citation, Finding, Report, TableSpec } from '../../domain/finding.ts'
import { MICROS_PER_DOLLAR } from '../../domain/money.ts'
import type { Workflow } from '../../domain/workflow.ts'
import { baselineFindings, unitWorth } from './baseline-findings.ts'
import { createFigures, groupId, plural, usd, usdInterval } from './build-findings.ts'
import { candidateDimensions, chooseDimension } from './choose-dimension.ts'
import { citeItem, dearestItems } from './cite-items.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { askNext } from './follow-ups.ts'
import { groupItems } from './group-items.ts'
import { dimensionNamed } from './item-dimensions.ts'
import { costPerResolved, knownCost, totalItems } from './item-totals.ts'
import { measureSavings, type SegmentSaving } from './measure-savings.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'
import { closedWithin, filterItems, itemsOfWorkflow, joinItems } from './select-items.ts'
import { unitCostInterval } from './unit-cost.ts'

const SOURCE =
  'baseline: saving = baseline × resolved items − their whole cost; per item = baseline − cost per resolved item'

/** What the agents save against the outsourcer, people's time or revenue, and which segments lose while the average wins. */
export function computeBaseline(all: ItemList, parameters: EconomicsParameters): Report {
  const items = filterItems(all, parameters)
  const cohort = closedWithin(items, parameters.bounds)
  const report = parameters.workflow
    ? reportWorkflow(cohort, parameters, parameters.workflow)
    : joinWorkflows(
        parameters,
        parameters.workflows
          .filter((workflow) => workflow.baseline !== undefined)
          .map((workflow) => reportOneOfMany(cohort, parameters, workflow)),
      )
  const findings = report.findings.length > 0 ? report.findings : [noBaseline(parameters)]
  return {
    ...{ findings, tables: report.tables, charts: [], citations: report.citations },
    caveats: dataCaveats(items, coverageOf(cohort), parameters),
    followUps: askNext(parameters, 'unit_cost', 'retries', 'operation'),
  }
}

type Part = Pick<Report, 'findings' | 'tables' | 'citations'>

function reportWorkflow(cohort: ItemList, parameters: EconomicsParameters, workflow: Workflow): Part {
  const worth = unitWorth(workflow.baseline)
  const figure = createFigures(parameters, SOURCE)
  const totals = totalItems(cohort)
  const unit = unitName(parameters)
  const n = totals.items
  if (worth === null) {
    const known = figure('cost_per_resolved', `Cost per resolved ${unit}`, usd(costPerResolved(totals)), 'usd', {
      ...{ n, interval: usdInterval(unitCostInterval(cohort, totals)) },
    })
    return { findings: n === 0 ? [noBaseline(parameters)] : [noBaseline(parameters), known], tables: [], citations: [] }
  }
  const cost = knownCost(totals)
  const saving = cost === null ? null : worth * totals.resolved - cost
  const dimension = chooseLosing(cohort, parameters, workflow, worth)
  const segments = dimension ? measureSavings(groupItems(cohort, dimension, parameters.timeZone), worth) : []
  const losing = segments.filter((segment) => segment.saving !== null && segment.saving < 0)
  const label = `Cost per resolved ${unit}`
  const interval = usdInterval(unitCostInterval(cohort, totals))
  return {
    findings: [
      ...baselineFindings(totals, parameters),
      figure('cost_per_resolved', label, usd(costPerResolved(totals)), 'usd', { n, interval }),
      figure('saving', 'Saved in the period', usd(saving), 'usd', { n }),
      ...(dimension ? losingFindings(losing, segments, dimension, parameters) : []),
    ],
    tables: dimension ? [savingsTable(segments, dimension, unit)] : [],
    citations: losing.flatMap((segment): Citation[] =>
      dearestItems(segment.items, 1).map((item) =>
        citeItem(item, parameters.baseUrl, `in ${segment.value}, which loses`),
      ),
    ),
  }
}

function reportOneOfMany(cohort: ItemList, parameters: EconomicsParameters, workflow: Workflow): Part {
  const own = itemsOfWorkflow(cohort, { workflow })
  const part = reportWorkflow(own, { ...parameters, workflow }, workflow)
  const rename = (finding: Finding): Finding => ({
    ...finding,
    id: `${workflow.name}.${finding.id}`,
    label: `${workflow.name}: ${finding.label}`,
    segment: { workflow: workflow.name, ...finding.segment },
  })
  return {
    ...part,
    findings: part.findings.map(rename),
    tables: part.tables.map((table) => ({ ...table, title: `${workflow.name}: ${table.title}` })),
  }
}

/** The workflows side by side, with what they save together. */
function joinWorkflows(parameters: EconomicsParameters, parts: readonly Part[]): Part {
  const findings = parts.flatMap((part) => part.findings)
  const savings = findings.filter((finding) => finding.id.endsWith('.saving')).map((finding) => finding.value)
  const known = savings.filter((value) => typeof value === 'number')
  const figure = createFigures(parameters, SOURCE)
  // Added up in whole micro-dollars, so that the parts make the whole.
  const total = known.reduce((sum, value) => sum + Math.round(value * MICROS_PER_DOLLAR), 0)
  const label = `Saved in the period by ${known.length} workflows with a baseline`
  return {
    findings: known.length > 0 ? [figure('saving', label, usd(total), 'usd'), ...findings] : findings,
    tables: parts.flatMap((part) => part.tables),
    citations: parts.flatMap((part) => part.citations),
  }
}

/** The dimension asked for; else the one whose losing segments lose most; else the one that separates cost most. */
function chooseLosing(
  cohort: ItemList,
  parameters: EconomicsParameters,
  workflow: Workflow,
  worth: number,
): string | null {
  if (parameters.groupBy) return dimensionNamed(parameters.groupBy, cohort)
  let best: { dimension: string; loss: number } | null = null
  for (const dimension of candidateDimensions(cohort, workflow)) {
    if (dimension in parameters.filters) continue
    const groups = groupItems(cohort, dimension, parameters.timeZone)
    if (groups.length < 2 || groups.length > 20) continue
    const segments = measureSavings(groups, worth)
    const loss = segments.filter((one) => one.isSurelyLosing).reduce((sum, one) => sum - one.saving!, 0)
    if (loss > (best?.loss ?? 0)) best = { dimension, loss }
  }
  return best?.dimension ?? chooseDimension(cohort, workflow, parameters.timeZone, Object.keys(parameters.filters))
}

function losingFindings(
  losing: readonly SegmentSaving[],
  segments: readonly SegmentSaving[],
  dimension: string,
  parameters: EconomicsParameters,
): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  const findings = losing.map((segment) =>
    figure(
      `losing.${groupId(dimension, segment.value)}`,
      `Costs more than the baseline: ${dimension} ${segment.value}, loss in the period`,
      usd(segment.saving === null ? null : -segment.saving),
      'usd',
      { segment: { [dimension]: segment.value }, n: segment.items.length },
    ),
  )
  const perItem = losing.map((segment) =>
    figure(
      `cost_per_resolved.${groupId(dimension, segment.value)}`,
      `Cost per resolved ${unitName(parameters)}, ${dimension} ${segment.value}`,
      usd(segment.unitCost),
      'usd',
      { segment: { [dimension]: segment.value }, n: segment.items.length, interval: usdInterval(segment.interval) },
    ),
  )
  if (losing.length === 0) return findings
  const rest = joinItems(segments.filter((segment) => !losing.includes(segment)).map((segment) => segment.items))
  const label = `Cost per resolved ${unitName(parameters)} without them`
  const without = figure('cost_per_resolved.without_losing', label, usd(costPerResolved(totalItems(rest))), 'usd', {
    n: rest.length,
  })
  return [...findings, ...perItem, without]
}

function savingsTable(segments: readonly SegmentSaving[], dimension: string, unit: string): TableSpec {
  return {
    title: `Saving against the baseline by ${dimension}`,
    columns: [
      { label: dimension, unit: 'text' },
      { label: `Cost per resolved ${unit}`, unit: 'usd' },
      { label: `Saving per resolved ${unit}`, unit: 'usd' },
      { label: 'Saving in the period', unit: 'usd' },
      { label: `Closed ${plural(unit)}`, unit: 'items' },
    ],
    rows: segments.map((segment) => [
      segment.value,
      usd(segment.unitCost),
      usd(segment.savingPerItem),
      usd(segment.saving),
      segment.items.length,
    ]),
  }
}

function noBaseline(parameters: EconomicsParameters): Finding {
  const name = parameters.workflow?.name ?? 'any workflow'
  const figure = createFigures(parameters, SOURCE)
  return figure('baseline', `No baseline is set for ${name}`, 'not_enough_data', 'none', { kind: 'verdict' })
}
