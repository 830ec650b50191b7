import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { Finding } from '../../domain/finding.ts'
import { createFigures, usd } from './build-findings.ts'
import type { ComputedReport } from './cite-runs.ts'
import { measureContextNeeds } from './context-needs.ts'
import { documentsTable, type GrowthBand, growthTable, stepsTable } from './context-tables.ts'
import { coverageOf } from './coverage-of.ts'
import { dataCaveats } from './data-caveats.ts'
import { eachRunInput } from './each-run-input.ts'
import { estimateInputPrices } from './estimate-input-prices.ts'
import { askNext } from './follow-ups.ts'
import { ratioOf } from './item-totals.ts'
import { nameSegments } from './name-segments.ts'
import type { Bounds, EconomicsParameters } from './parameters.ts'
import { closedWithRuns, filterItems } from './select-items.ts'
import { differenceInterval } from './statistics/difference-interval.ts'
import { LEVEL } from './statistics/interval.ts'
import { RatioParts } from './statistics/ratio-interval.ts'
import { type ContextSums, type JudgedSums, sumContext } from './sum-context.ts'

const SOURCE =
  'context: input tokens per call of runs started in the period, against runs of the same step and segment that resolved at first try (need = their 90th percentile)'

const HISTORY_SOURCE = 'context: input tokens ÷ model calls, by how many calls the run made'
const LEAST_RUNS_A_BAND = 10

const DOCUMENT_SOURCE =
  'context: documents retrieved and used, as the traces say; dollars = length (a quarter of the characters where no emitter gave tokens) × price of an input token of the run’s cheapest model, one call each'

/** How much context calls carry against what resolved runs of the same step and segment needed; documents got and used. */
export function computeContext(all: ItemList, parameters: EconomicsParameters): ComputedReport {
  const items = filterItems(all, parameters)
  const closed = closedWithRuns(items)
  const { dimension, segments } = nameSegments(closed, parameters)
  const needs = measureContextNeeds(closed, segments)
  const sums = sumContext(items, parameters.bounds, needs, estimateInputPrices(items))
  const steps = stepsTable(sums.steps, dimension)
  const [growth, documents] = [growthTable(sums.bands), documentsTable(sums.byDocument)]
  return {
    findings: [
      ...inputFindings(items, parameters),
      ...excessFindings(sums.judged, parameters),
      ...historyFindings(sums.bands, parameters),
      ...documentFindings(sums, parameters),
    ],
    tables: (parameters.groupBy === 'document' ? [documents, steps, growth] : [steps, growth, documents]).filter(
      (table) => table.rows.length > 0,
    ),
    charts: [],
    citations: [],
    citedRuns: sums.worst.map(({ item: { workflow, workItemId }, place }) => {
      return { workflow, workItemId, place, why: 'carried most context beyond what such steps need' }
    }),
    caveats: dataCaveats(items, { ...coverageOf(sums.items), unpricedCorrections: 0 }, parameters, 'spend'),
    followUps: askNext(parameters, 'waste', 'what_mattered', 'marginal'),
  }
}

/** Input and calls of the runs that started inside the bounds. */
function inputWithin(items: ItemList, bounds: Bounds) {
  const parts = new RatioParts()
  let [cached, isCacheKnown] = [0, false]
  eachRunInput(items, bounds, (input, counted, ofCache) => {
    parts.add(input ?? 0, counted)
    cached += ofCache ?? 0
    isCacheKnown ||= ofCache !== null
  })
  eachRunInput(items, bounds, (input, counted) => parts.addAgain(input ?? 0, counted))
  const { numerator: tokens, denominator: calls } = parts
  return {
    value: ratioOf(tokens, calls),
    calls,
    interval: parts.interval(LEVEL),
    cached: isCacheKnown ? ratioOf(cached, tokens) : null,
  }
}

function inputFindings(items: ItemList, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  const [now, old] = [parameters.bounds, parameters.comparisonBounds].map((bounds) => inputWithin(items, bounds))
  const n = now!.calls
  const findings = [
    figure('input_per_call', 'Input tokens per model call', now!.value, 'tokens', { n, interval: now!.interval }),
    figure('cached_share', 'Share of input tokens read from cache', now!.cached, 'share', { n }),
  ]
  if (old!.value === null || now!.value === null) return findings
  const period = parameters.comparison
  const interval =
    now!.interval && old!.interval
      ? differenceInterval(
          { value: now!.value, interval: now!.interval },
          { value: old!.value, interval: old!.interval },
        )
      : null
  return [
    ...findings,
    figure('input_per_call.before', 'Input tokens per model call, period before', old!.value, 'tokens', {
      ...{ period, n: old!.calls, interval: old!.interval },
    }),
    figure('input_per_call.change', 'Change of the input tokens per model call', now!.value - old!.value, 'tokens', {
      ...{ comparedWith: period, n: n + old!.calls, interval },
    }),
  ]
}

/** Dollars follow tokens one for one; the work of attention follows their square. Both are shown, never mixed. */
function excessFindings(judged: JudgedSums, parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  if (judged.steps === 0) return [figure('excess_tokens', 'Input tokens beyond need', null, 'tokens', { n: 0 })]
  const beyond = Math.round(judged.beyond)
  const { runs: n, steps } = judged
  const linear = judged.tokens / judged.typical
  const quadratic = judged.attention / judged.typicalAttention
  const isUnpriced = judged.pricedExcesses === 0 && judged.excesses > 0
  const micros = isUnpriced ? null : judged.micros
  return [
    figure('excess_tokens', 'Input tokens beyond need', beyond, 'tokens', { n, share: beyond / judged.tokens }),
    figure('excess_cost', 'What they cost (linear in tokens; estimated)', usd(micros), 'usd', { n }),
    figure('relative_tokens', 'Input tokens against a typical resolved run', linear, 'ratio', { n: steps }),
    figure(
      'relative_attention',
      'Work of attention against a typical resolved run (about the square of the tokens; not dollars)',
      quadratic,
      'ratio',
      { n: steps },
    ),
  ]
}

/** Input a call of the longest runs against the shortest: what is carried along from step to step. */
function historyFindings(all: readonly GrowthBand[], parameters: EconomicsParameters): Finding[] {
  const bands = all
    .map((band) => ({ ...band, perCall: ratioOf(band.tokens, band.calls) }))
    .filter((band) => band.perCall !== null && band.runs >= LEAST_RUNS_A_BAND)
  const [short, long] = [bands[0], bands.at(-1)]
  if (!short || !long || short === long) return []
  const figure = createFigures(parameters, HISTORY_SOURCE)
  const label = (band: typeof short) =>
    `Input tokens per call in runs of ${band.label.replace(/ calls?$/, '')} model calls`
  const growth = 'Input per call of the longest runs ÷ that of the shortest'
  const n = short.runs + long.runs
  return [
    figure('history.growth', growth, long.perCall! / short.perCall!, 'ratio', { n }),
    figure('history.short', label(short), short.perCall, 'tokens', { n: short.runs }),
    figure('history.long', label(long), long.perCall, 'tokens', { n: long.runs }),
  ]
}

function documentFindings({ documents, runs }: ContextSums, parameters: EconomicsParameters): Finding[] {
  if (documents.documents === 0) return []
  const figure = createFigures(parameters, DOCUMENT_SOURCE)
  const { told, used, unused: count, unusedPriced } = documents
  const micros = unusedPriced === 0 && count > 0 ? null : documents.unusedMicros
  const priced = ratioOf(unusedPriced, count)
  return [
    figure('documents_per_run', 'Documents retrieved per run', documents.documents / runs, 'ratio', { n: runs }),
    figure('documents_used', 'Share of retrieved documents that were used', ratioOf(used, told), 'share', { n: told }),
    figure('unused_documents_cost', 'What the unused documents cost, read once each', usd(micros), 'usd', { n: count }),
    figure('unused_documents_priced', 'Unused documents whose length and price are known', priced, 'share', {
      n: count,
    }),
  ]
}
