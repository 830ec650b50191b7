import { type RunFact, WASTE_CLASSES, type WasteClass, type WorkItemFact } from '../../domain/facts.ts'
import type { Citation, Finding, Report, TableSpec } from '../../domain/finding.ts'
import { addToGroup } from './add-to-group.ts'
import { createFigures, groupId, usd } from './build-findings.ts'
import { citeItem, compareItems } from './cite-items.ts'
import { classifyWaste, IS_ESTIMATED, type RunWasteByClass, type WasteEstimates } from './classify-waste.ts'
import { dataCaveats } from './data-caveats.ts'
import { estimateWaste } from './estimate-waste.ts'
import { askNext } from './follow-ups.ts'
import { dimensionNamed, NOT_GIVEN, startTimeOf } from './item-dimensions.ts'
import { ratioOf, totalItems } from './item-totals.ts'
import { type EconomicsParameters, isWithin } from './parameters.ts'
import { filterItems } from './select-items.ts'
import { valueOfEntry } from './spend-entries.ts'

const SOURCE =
  'waste: runs started in the period; each dollar in the first class that claims it: failed calls, loops, superseded attempts, steps after the decision, unused documents, context beyond need, model beyond need'

export const WASTE_LABELS: Readonly<Record<WasteClass, string>> = {
  failed_call: 'Calls that failed',
  loop: 'Identical calls repeated',
  superseded_attempt: 'Attempts thrown away by a later attempt',
  after_decision: 'Steps after the decision was reached',
  unused_documents: 'Documents retrieved but not used',
  excess_context: 'Context beyond what such steps need',
  oversized_model: 'A stronger model than needed',
}

const HOW_SURE: Readonly<Record<WasteClass, string>> = {
  failed_call: 'seen in the trace',
  loop: 'seen in the trace',
  superseded_attempt: 'seen in the trace',
  after_decision: 'seen in the trace',
  unused_documents: 'estimated: length × price of input, read once',
  excess_context: 'estimated against other runs',
  oversized_model: 'estimated against other runs',
}

interface WastedRun {
  item: WorkItemFact
  run: RunFact
  byClass: RunWasteByClass
  total: number
}

/** Where dollars went that brought nothing: each dollar in one class, all of them together never more than the spend. */
export function computeWaste(all: readonly WorkItemFact[], parameters: EconomicsParameters): Report {
  const items = filterItems(all, parameters)
  const runs = items.flatMap((item) =>
    item.runs.filter((run) => isWithin(run.startedAt, parameters.bounds)).map((run) => ({ item, run })),
  )
  const estimates = estimateWaste(items, parameters)
  const wasted = runs.map(({ item, run }): WastedRun => {
    const byClass = classifyWaste(item, run, estimates)
    return { item, run, byClass, total: WASTE_CLASSES.reduce((sum, name) => sum + byClass[name], 0) }
  })
  const spend = runs.reduce((sum, { run }) => sum + run.modelCostMicros + (run.toolCostMicros ?? 0), 0)
  const segments = wasteBySegment(wasted, items, parameters)
  const touched = [...new Set(runs.map((run) => run.item))]
  return {
    findings: [
      ...classFindings(wasted, spend, estimates.unjudged, parameters),
      ...documentFindings(runs, estimates, parameters),
    ],
    tables: [...segments.tables, classTable(wasted, spend, estimates.unjudged)],
    charts: [
      {
        type: 'bar',
        title: 'Waste by class',
        unit: 'usd',
        labels: WASTE_CLASSES.map((name) => WASTE_LABELS[name]),
        series: [
          { name: 'Dollars', values: WASTE_CLASSES.map((name) => usd(knownOf(wasted, name, estimates.unjudged))) },
        ],
      },
    ],
    citations: WASTE_CLASSES.flatMap((name) => exampleOf(wasted, name, parameters)),
    caveats: dataCaveats(items, { ...totalItems(touched), unpricedCorrections: 0 }, parameters, 'spend'),
    followUps: askNext(parameters, 'retries', 'routing', 'context'),
  }
}

function sumOf(wasted: readonly WastedRun[], name: WasteClass): number {
  return wasted.reduce((sum, one) => sum + one.byClass[name], 0)
}

/** Null where nothing is known of a class. */
function knownOf(wasted: readonly WastedRun[], name: WasteClass, unjudged: ReadonlySet<WasteClass>): number | null {
  const micros = sumOf(wasted, name)
  return micros === 0 && unjudged.has(name) ? null : micros
}

function classFindings(
  wasted: readonly WastedRun[],
  spend: number,
  unjudged: ReadonlySet<WasteClass>,
  parameters: EconomicsParameters,
): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  const total = wasted.reduce((sum, one) => sum + one.total, 0)
  const shareOf = (micros: number | null) => (spend === 0 || micros === null ? {} : { share: micros / spend })
  const itemsOf = (runs: readonly WastedRun[]) => new Set(runs.map((one) => one.item)).size
  const isUnknown = spend === 0 && wasted.some(({ run }) => run.unpricedCalls > 0)
  return [
    figure('waste', 'Waste', isUnknown ? null : usd(total), 'usd', {
      ...shareOf(total),
      n: itemsOf(wasted.filter((one) => one.total > 0)),
    }),
    figure('spend', 'Spend on agents’ runs', isUnknown ? null : usd(spend), 'usd', { n: itemsOf(wasted) }),
    ...WASTE_CLASSES.map((name) => {
      const micros = knownOf(wasted, name, unjudged)
      const n = itemsOf(wasted.filter((one) => one.byClass[name] > 0))
      const source = IS_ESTIMATED[name] ? `${SOURCE}; this class is estimated` : SOURCE
      const finding = figure(`waste.${name}`, WASTE_LABELS[name], isUnknown ? null : usd(micros), 'usd', {
        ...shareOf(micros),
        n,
      })
      return { ...finding, source }
    }),
  ]
}

/** How many documents were not used, and of how many of them the length is known: only those are priced. */
function documentFindings(
  runs: readonly { run: RunFact; item: WorkItemFact }[],
  estimates: WasteEstimates,
  parameters: EconomicsParameters,
): Finding[] {
  const documents = runs.flatMap(({ run }) => run.documents).filter((document) => document.used !== null)
  if (documents.length === 0) return []
  const unused = documents.filter((document) => document.used === false).length
  const figure = createFigures(parameters, SOURCE)
  const share = figure(
    'unused_documents',
    'Retrieved documents that were not used',
    unused / documents.length,
    'share',
    {
      n: documents.length,
    },
  )
  if (unused === 0) return [share]
  const priced = runs.reduce((sum, { run }) => sum + estimates.unusedDocuments(run).priced, 0)
  const label = 'Unused documents whose length and price are known'
  return [share, figure('unused_documents.priced', label, priced / unused, 'share', { n: unused })]
}

function classTable(wasted: readonly WastedRun[], spend: number, unjudged: ReadonlySet<WasteClass>): TableSpec {
  return {
    title: 'Waste by class, each dollar once',
    columns: [
      { label: 'Class', unit: 'text' },
      { label: 'Dollars', unit: 'usd' },
      { label: 'Share of spend', unit: 'share' },
      { label: 'Runs', unit: 'runs' },
      { label: 'How sure', unit: 'text' },
    ],
    rows: WASTE_CLASSES.map((name) => [
      WASTE_LABELS[name],
      usd(knownOf(wasted, name, unjudged)),
      ratioOf(knownOf(wasted, name, unjudged), spend),
      wasted.filter((one) => one.byClass[name] > 0).length,
      HOW_SURE[name],
    ]),
  }
}

/** Waste by the dimension that was asked for, most first; nothing where none was. */
function wasteBySegment(
  wasted: readonly WastedRun[],
  items: readonly WorkItemFact[],
  parameters: EconomicsParameters,
): { findings: Finding[]; tables: TableSpec[] } {
  if (!parameters.groupBy) return { findings: [], tables: [] }
  const dimension = dimensionNamed(parameters.groupBy, items)
  const groups = new Map<string, WastedRun[]>()
  for (const one of wasted) {
    const entry = { item: one.item, run: one.run, time: startTimeOf(one.run), kind: 'tool' as const, model: null }
    const value = valueOfEntry(
      { ...entry, micros: 0, pricedCalls: 0, unpricedCalls: 0 },
      dimension,
      parameters.timeZone,
    )
    addToGroup(groups, value ?? NOT_GIVEN, one)
  }
  const costOf = (runs: readonly WastedRun[]) =>
    runs.reduce((sum, { run }) => sum + run.modelCostMicros + (run.toolCostMicros ?? 0), 0)
  const rows = [...groups]
    .map(([value, runs]) => ({
      value,
      waste: runs.reduce((sum, one) => sum + one.total, 0),
      spend: costOf(runs),
      runs,
    }))
    .sort((a, b) => b.waste - a.waste || (a.value < b.value ? -1 : 1))
  const figure = createFigures(parameters, SOURCE)
  const findings = rows.map((row) =>
    figure(`waste.${groupId(dimension, row.value)}`, `Waste, ${dimension} ${row.value}`, usd(row.waste), 'usd', {
      segment: { [dimension]: row.value },
      n: row.runs.length,
      ...(row.spend === 0 ? {} : { share: row.waste / row.spend }),
    }),
  )
  const table: TableSpec = {
    title: `Waste by ${dimension}`,
    columns: [
      { label: dimension, unit: 'text' },
      { label: 'Waste', unit: 'usd' },
      { label: 'Share of its spend', unit: 'share' },
      { label: 'Runs', unit: 'runs' },
    ],
    rows: rows.map((row) => [
      row.value,
      usd(row.waste),
      row.spend === 0 ? null : row.waste / row.spend,
      row.runs.length,
    ]),
  }
  return { findings, tables: [table] }
}

function exampleOf(wasted: readonly WastedRun[], name: WasteClass, parameters: EconomicsParameters): Citation[] {
  const [worst] = wasted
    .filter((one) => one.byClass[name] > 0)
    .sort((a, b) => b.byClass[name] - a.byClass[name] || compareItems(a.item, b.item))
  return worst ? [citeItem(worst.item, parameters.baseUrl, WASTE_LABELS[name].toLowerCase())] : []
}
