import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { USAGE_ESTIMATED } from '../../attribution/item-days/pack-figures.ts'
import type { Finding, Report } from '../../domain/finding.ts'
import { createFigures, plural, usd } from './build-findings.ts'
import { chooseDimension } from './choose-dimension.ts'
import { citeItem, compareItems, firstOf } from './cite-items.ts'
import { dataCaveats } from './data-caveats.ts'
import { eachDay } from './each-day.ts'
import { eachRunWithin } from './each-run-within.ts'
import { eachSpend } from './each-spend.ts'
import { askNext } from './follow-ups.ts'
import { dimensionNamed, NOT_GIVEN, startTimeOf, timeValueAt } from './item-dimensions.ts'
import { type Bounds, type EconomicsParameters, isTimeWithin, unitName } from './parameters.ts'
import { itemsOfWorkflow } from './select-items.ts'
import { breakDownSpend, chartSpend, type Spending, stepOf } from './spend-by-segment.ts'
import { type SpendEntry, SpendGroups, SpendSum, type VisitSpend, valueOfEntry } from './spend-entries.ts'
import { SpentItems } from './spent-items.ts'

export const SPEND_SOURCE = 'spend: dollars spent in the period (runs started in it, corrections made in it)'

/** Dollars spent in the period, whatever became of the items, beside the period before. */
export function computeSpend(all: ItemList, parameters: EconomicsParameters): Report {
  const now = lookThrough(spentWithin(all, parameters, 'period'), parameters)
  const before = lookThrough(spentWithin(all, parameters, 'comparison'), parameters)
  const parts = dimensionsOf(now.items, parameters).map((dimension) =>
    breakDownSpend(now, before, dimension, parameters, SPEND_SOURCE),
  )
  return {
    findings: [...totalFindings(now, before, parameters), ...parts.flatMap((part) => part.findings)],
    tables: parts.map((part) => part.table),
    charts: [chartSpend(now, before, parameters)],
    citations: now.dearest.map(({ item }) =>
      citeItem(item, parameters.baseUrl, 'among the most spent on in the period'),
    ),
    caveats: dataCaveats(now.items, { ...now.totals, ...countRuns(now.items, parameters.bounds) }, parameters, 'spend'),
    followUps: askNext(parameters, 'change', 'unit_cost', 'waste'),
  }
}

/** Visits the entries of a period that meet the filters; agent-side filters go by run, a model's by its own calls. */
export function spentWithin(
  all: ItemList,
  parameters: EconomicsParameters,
  which: 'period' | 'comparison',
): VisitSpend {
  const { timeZone } = parameters
  const items = itemsOfWorkflow(all, parameters)
  const filters = Object.entries(parameters.filters).map(
    ([name, value]) => [dimensionNamed(name, items), value] as const,
  )
  const bounds = which === 'period' ? parameters.bounds : parameters.comparisonBounds
  if (filters.length === 0) return (visit) => eachSpend(items, bounds, visit)
  const isMeant = (entry: SpendEntry) =>
    filters.every(([name, value]) => (valueOfEntry(entry, name, timeZone) ?? NOT_GIVEN) === value)
  return (visit) =>
    eachSpend(items, bounds, (entry) => {
      if (isMeant(entry)) visit(entry)
    })
}

const MOST_CITED = 3

/** What one look at all entries tells: the sums, the items with what was spent on each, and the sums by step of time. */
function lookThrough(visitAll: VisitSpend, parameters: EconomicsParameters): Spending {
  const [sum, byKind, byStep] = [new SpendSum(), new SpendGroups<SpendEntry['kind']>(), new SpendGroups<string>()]
  const step = stepOf(parameters.period)
  const spent = new SpentItems()
  visitAll((entry) => {
    sum.add(entry)
    byKind.add(entry.kind, entry)
    byStep.add(timeValueAt(entry.time, step, parameters.timeZone), entry)
    spent.add(entry)
  })
  const { items, micros } = spent.build()
  const dearest = firstOf(
    micros.keys(),
    MOST_CITED,
    (a, b) => micros[b]! - micros[a]! || compareItems(items.at(a)!, items.at(b)!),
  ).map((place) => ({ item: items.at(place)! }))
  return { visitAll, totals: sum.totals, byKind: byKind.totals, byStep: byStep.totals, items, dearest }
}

function dimensionsOf(items: ItemList, parameters: EconomicsParameters): string[] {
  const { workflow, timeZone, filters } = parameters
  if (parameters.groupBy) return [dimensionNamed(parameters.groupBy, items)]
  const standard = workflow === null ? ['workflow', 'model'] : ['model']
  // Workflows have attributes of their own: cut by one of them, the others would only be "not given".
  const chosen = workflow && chooseDimension(items, workflow, timeZone, [...standard, ...Object.keys(filters)])
  return [...standard.filter((name) => !(name in filters)), ...(chosen ? [chosen] : [])]
}

function totalFindings(now: Spending, before: Spending, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, SPEND_SOURCE)
  const [totals, old] = [now.totals, before.totals]
  const findings = [figure('spend', 'Spend', usd(totals.micros), 'usd', { n: totals.items })]
  if (before.items.length > 0) {
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
  return [...findings, ...kindFindings(now, parameters)]
}

function kindFindings({ totals, byKind }: Spending, parameters: EconomicsParameters): Finding[] {
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
      const part = byKind.get(kind)
      return part ? [figure(`spend.kind=${kind}`, label, usd(part.micros), 'usd')] : []
    }),
  ]
}

/** Runs of the items that started inside the bounds, and those of which some usage was counted, not reported. */
export function countRuns(items: ItemList, bounds: Bounds) {
  const counts = { attempts: 0, runsWithEstimatedUsage: 0 }
  eachDay(items, {
    rows(rows, from, to, reading) {
      const { runFlags } = reading.figures
      eachRunWithin({ rows, from, to, reading }, bounds, (run) => {
        counts.attempts++
        if ((runFlags[run]! & USAGE_ESTIMATED) !== 0) counts.runsWithEstimatedUsage++
      })
    },
    fact(item) {
      for (const run of item.runs) {
        if (!isTimeWithin(startTimeOf(run), bounds)) continue
        counts.attempts++
        if (run.usageEstimated) counts.runsWithEstimatedUsage++
      }
    },
  })
  return counts
}
