import type { WorkItemFact } from '../../domain/facts.ts'
import type { Finding, Report } from '../../domain/finding.ts'
import { createFigures, plural, usd } from './build-findings.ts'
import { chooseDimension } from './choose-dimension.ts'
import { citeItem, compareItems } from './cite-items.ts'
import { dataCaveats } from './data-caveats.ts'
import { askNext } from './follow-ups.ts'
import { dimensionNamed, NOT_GIVEN } from './item-dimensions.ts'
import { type EconomicsParameters, isWithin, unitName } from './parameters.ts'
import { breakDownSpend, chartSpend } from './spend-by-segment.ts'
import { listSpend, type SpendEntry, type SpendTotals, totalSpend, valueOfEntry } from './spend-entries.ts'

export const SPEND_SOURCE = 'spend: dollars spent in the period (runs started in it, corrections made in it)'

/** Dollars spent in the period, whatever became of the items, beside the period before. */
export function computeSpend(all: readonly WorkItemFact[], parameters: EconomicsParameters): Report {
  const entries = spentWithin(all, parameters, 'period')
  const before = spentWithin(all, parameters, 'comparison')
  const totals = totalSpend(entries)
  const items = [...new Set(entries.map((entry) => entry.item))]
  const parts = dimensionsOf(items, parameters).map((dimension) =>
    breakDownSpend(entries, before, dimension, parameters, SPEND_SOURCE),
  )
  return {
    findings: [...totalFindings(entries, before, parameters), ...parts.flatMap((part) => part.findings)],
    tables: parts.map((part) => part.table),
    charts: [chartSpend(entries, before, parameters)],
    citations: citeDearest(entries, parameters),
    caveats: dataCaveats(items, { ...totals, ...estimatedRuns(items, parameters) }, parameters, 'spend'),
    followUps: askNext(parameters, 'change', 'unit_cost', 'waste'),
  }
}

/** The entries of a period that meet the filters; agent-side filters go by run, a model's by its own calls. */
export function spentWithin(
  all: readonly WorkItemFact[],
  parameters: EconomicsParameters,
  which: 'period' | 'comparison',
): SpendEntry[] {
  const items = all.filter((item) => parameters.workflow === null || item.workflow === parameters.workflow.name)
  const filters = Object.entries(parameters.filters).map(
    ([name, value]) => [dimensionNamed(name, items), value] as const,
  )
  const bounds = which === 'period' ? parameters.bounds : parameters.comparisonBounds
  return listSpend(items, bounds).filter((entry) =>
    filters.every(([name, value]) => (valueOfEntry(entry, name, parameters.timeZone) ?? NOT_GIVEN) === value),
  )
}

function dimensionsOf(items: readonly WorkItemFact[], parameters: EconomicsParameters): string[] {
  const { workflow, timeZone, filters } = parameters
  if (parameters.groupBy) return [dimensionNamed(parameters.groupBy, items)]
  const standard = workflow === null ? ['workflow', 'model'] : ['model']
  // Workflows have attributes of their own: cut by one of them, the others would only be "not given".
  const chosen = workflow && chooseDimension(items, workflow, timeZone, [...standard, ...Object.keys(filters)])
  return [...standard.filter((name) => !(name in filters)), ...(chosen ? [chosen] : [])]
}

function totalFindings(
  entries: readonly SpendEntry[],
  before: readonly SpendEntry[],
  parameters: EconomicsParameters,
): Finding[] {
  const figure = createFigures(parameters, SPEND_SOURCE)
  const [totals, old] = [totalSpend(entries), totalSpend(before)]
  const findings = [figure('spend', 'Spend', usd(totals.micros), 'usd', { n: totals.items })]
  if (before.length > 0) {
    findings.push(
      figure('spend.before', 'Spend, period before', usd(old.micros), 'usd', {
        period: parameters.comparison,
        n: old.items,
      }),
    )
    if (totals.micros !== null && old.micros !== null) {
      const change = usd(totals.micros - old.micros)
      findings.push(figure('spend.change', 'Change of spend', change, 'usd', { comparedWith: parameters.comparison }))
    }
  }
  return [...findings, ...kindFindings(entries, totals, parameters)]
}

function kindFindings(entries: readonly SpendEntry[], totals: SpendTotals, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, SPEND_SOURCE)
  const kinds = [
    ['model', 'Model calls'],
    ['tool', 'Tool fees'],
    ['correction', 'People’s corrections'],
  ] as const
  const units = plural(unitName(parameters))
  const counts = [
    figure('worked_items', `Number of ${units} worked on`, totals.items, 'items'),
    figure('runs', 'Runs started', totals.runs, 'runs'),
  ]
  return [
    ...counts,
    ...kinds.flatMap(([kind, label]) => {
      const part = entries.filter((entry) => entry.kind === kind)
      return part.length === 0 ? [] : [figure(`spend.kind=${kind}`, label, usd(totalSpend(part).micros), 'usd')]
    }),
  ]
}

function estimatedRuns(items: readonly WorkItemFact[], parameters: EconomicsParameters) {
  const runs = items.flatMap((item) => item.runs.filter((run) => isWithin(run.startedAt, parameters.bounds)))
  return { runsWithEstimatedUsage: runs.filter((run) => run.usageEstimated).length, attempts: runs.length }
}

function citeDearest(entries: readonly SpendEntry[], parameters: EconomicsParameters) {
  const spent = new Map<WorkItemFact, number>()
  for (const entry of entries) spent.set(entry.item, (spent.get(entry.item) ?? 0) + (entry.micros ?? 0))
  return [...spent]
    .sort(([itemA, a], [itemB, b]) => b - a || compareItems(itemA, itemB))
    .slice(0, 3)
    .map(([item]) => citeItem(item, parameters.baseUrl, 'among the most spent on in the period'))
}
