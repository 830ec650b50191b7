import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { type RunFact, WASTE_CLASSES, type WasteClass, type WorkItemFact } from '../../domain/facts.ts'
import type { Citation, Finding, Report, TableSpec } from '../../domain/finding.ts'
import { createFigures, usd } from './build-findings.ts'
import { citeItem } from './cite-items.ts'
import { IS_ESTIMATED } from './classify-waste.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { estimateWaste } from './estimate-waste.ts'
import { askNext } from './follow-ups.ts'
import { dimensionNamed, NOT_GIVEN, startTimeOf } from './item-dimensions.ts'
import { ratioOf } from './item-totals.ts'
import type { EconomicsParameters } from './parameters.ts'
import { filterItems } from './select-items.ts'
import { valueOfEntry } from './spend-entries.ts'
import { sumWaste, type WasteSums } from './sum-waste.ts'

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

/** Where dollars went that brought nothing: each dollar in one class, all of them together never more than the spend. */
export function computeWaste(all: ItemList, parameters: EconomicsParameters): Report {
  const items = filterItems(all, parameters)
  const estimates = estimateWaste(items, parameters)
  const dimension = parameters.groupBy ? dimensionNamed(parameters.groupBy, items) : null
  const sums = sumWaste(
    items,
    parameters.bounds,
    estimates,
    dimension === null ? null : segmentNamer(dimension, parameters.timeZone),
  )
  return {
    findings: [...classFindings(sums, estimates.unjudged, parameters), ...documentFindings(sums, parameters)],
    tables: [...(dimension ? [segmentTable(sums, dimension)] : []), classTable(sums, estimates.unjudged)],
    charts: [
      {
        type: 'bar',
        title: 'Waste by class',
        unit: 'usd',
        labels: WASTE_CLASSES.map((name) => WASTE_LABELS[name]),
        series: [
          { name: 'Dollars', values: WASTE_CLASSES.map((name) => usd(knownOf(sums, name, estimates.unjudged))) },
        ],
      },
    ],
    citations: WASTE_CLASSES.flatMap((name) => exampleOf(sums, name, parameters)),
    caveats: dataCaveats(items, { ...coverageOf(sums.items), unpricedCorrections: 0 }, parameters, 'spend'),
    followUps: askNext(parameters, 'retries', 'routing', 'context'),
  }
}

/** Null where nothing is known of a class. */
function knownOf({ classes }: WasteSums, name: WasteClass, unjudged: ReadonlySet<WasteClass>): number | null {
  const { micros } = classes[name]
  return micros === 0 && unjudged.has(name) ? null : micros
}

function classFindings(sums: WasteSums, unjudged: ReadonlySet<WasteClass>, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  const { spend, waste } = sums
  const shareOf = (micros: number | null) => (spend === 0 || micros === null ? {} : { share: micros / spend })
  const isUnknown = spend === 0 && sums.unpricedCalls > 0
  return [
    figure('waste', 'Waste', isUnknown ? null : usd(waste), 'usd', { ...shareOf(waste), n: sums.wastingItems }),
    figure('spend', 'Spend on agents’ runs', isUnknown ? null : usd(spend), 'usd', { n: sums.items.length }),
    ...WASTE_CLASSES.map((name) => {
      const micros = knownOf(sums, name, unjudged)
      const n = sums.classes[name].items
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
function documentFindings({ documents, unused, unusedPriced }: WasteSums, parameters: EconomicsParameters): Finding[] {
  if (documents === 0) return []
  const figure = createFigures(parameters, SOURCE)
  const name = 'Retrieved documents that were not used'
  const share = figure('unused_documents', name, unused / documents, 'share', { n: documents })
  if (unused === 0) return [share]
  const label = 'Unused documents whose length and price are known'
  return [share, figure('unused_documents.priced', label, unusedPriced / unused, 'share', { n: unused })]
}

function classTable(sums: WasteSums, unjudged: ReadonlySet<WasteClass>): TableSpec {
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
      usd(knownOf(sums, name, unjudged)),
      ratioOf(knownOf(sums, name, unjudged), sums.spend),
      sums.classes[name].runs,
      HOW_SURE[name],
    ]),
  }
}

function segmentNamer(dimension: string, timeZone: string) {
  return (item: WorkItemFact, run: RunFact): string => {
    const entry = { item, run, time: startTimeOf(run), kind: 'tool' as const, model: null }
    const whole = { ...entry, micros: 0, pricedCalls: 0, unpricedCalls: 0 }
    return valueOfEntry(whole, dimension, timeZone) ?? NOT_GIVEN
  }
}

/** Waste by the dimension that was asked for, most first. */
function segmentTable({ segments }: WasteSums, dimension: string): TableSpec {
  const rows = [...segments].sort(([a, left], [b, right]) => right.waste - left.waste || (a < b ? -1 : 1))
  return {
    title: `Waste by ${dimension}`,
    columns: [
      { label: dimension, unit: 'text' },
      { label: 'Waste', unit: 'usd' },
      { label: 'Share of its spend', unit: 'share' },
      { label: 'Runs', unit: 'runs' },
    ],
    rows: rows.map(([value, { waste, spend, runs }]) => [value, usd(waste), spend === 0 ? null : waste / spend, runs]),
  }
}

function exampleOf({ classes }: WasteSums, name: WasteClass, parameters: EconomicsParameters): Citation[] {
  const { worst } = classes[name]
  return worst ? [citeItem(worst.item, parameters.baseUrl, WASTE_LABELS[name].toLowerCase())] : []
}
