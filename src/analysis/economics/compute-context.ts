import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { Finding, Report } from '../../domain/finding.ts'
import { createFigures, usd } from './build-findings.ts'
import { citeRun, compareItems } from './cite-items.ts'
import { type ContextExcess, estimateNeeds, listExcess, type RunInContext, type SegmentNamer } from './context-needs.ts'
import { documentsTable, growthTable, measureGrowth, stepsTable } from './context-tables.ts'
import { dataCaveats } from './data-caveats.ts'
import { askNext } from './follow-ups.ts'
import { ratioOf, totalItems } from './item-totals.ts'
import { nameSegments } from './name-segments.ts'
import { type EconomicsParameters, isWithin } from './parameters.ts'
import { priceUnusedDocuments, type UnusedDocuments } from './price-unused-documents.ts'
import { filterItems, isClosed } from './select-items.ts'
import { differenceInterval } from './statistics/difference-interval.ts'
import { LEVEL } from './statistics/interval.ts'
import { ratioInterval } from './statistics/ratio-interval.ts'

const SOURCE =
  'context: input tokens per call of runs started in the period, against runs of the same step and segment that resolved at first try (need = their 90th percentile)'

const HISTORY_SOURCE = 'context: input tokens ÷ model calls, by how many calls the run made'
const LEAST_RUNS_A_BAND = 10

const DOCUMENT_SOURCE =
  'context: documents retrieved and used, as the traces say; dollars = length (a quarter of the characters where no emitter gave tokens) × price of an input token of the run’s cheapest model, one call each'

/** How much context calls carry against what resolved runs of the same step and segment needed; documents got and used. */
export function computeContext(all: readonly WorkItemFact[], parameters: EconomicsParameters): Report {
  const items = filterItems(all, parameters)
  const closed = items.filter((item) => isClosed(item) && item.runs.length > 0)
  const { segmentOf } = nameSegments(closed, parameters)
  const judge = estimateNeeds(items, closed, segmentOf)
  const runs = items.flatMap((item) =>
    item.runs
      .filter((run) => isWithin(run.startedAt, parameters.bounds))
      .map((run): RunInContext => ({ item, run, excess: listExcess(item, run, judge.needs, judge.prices, segmentOf) })),
  )
  const worst = runs
    .filter(({ excess }) => excess.length > 0)
    .sort((a, b) => tokensOf(b.excess) - tokensOf(a.excess) || compareItems(a.item, b.item))
  const [steps, growth, documents] = [
    stepsTable(runs, judge.needs, segmentOf),
    growthTable(runs),
    documentsTable(runs, judge.prices),
  ]
  const touched = [...new Set(runs.map((run) => run.item))]
  return {
    findings: [
      ...inputFindings(items, parameters),
      ...excessFindings(runs, judge, segmentOf, parameters),
      ...historyFindings(runs, parameters),
      ...documentFindings(
        runs.map(({ run }) => run),
        judge.prices,
        parameters,
      ),
    ],
    tables: (parameters.groupBy === 'document' ? [documents, steps, growth] : [steps, growth, documents]).filter(
      (table) => table.rows.length > 0,
    ),
    charts: [],
    citations: worst
      .slice(0, 3)
      .map(({ run }) => citeRun(run, parameters.baseUrl, 'carried most context beyond what such steps need')),
    caveats: dataCaveats(items, { ...totalItems(touched), unpricedCorrections: 0 }, parameters, 'spend'),
    followUps: askNext(parameters, 'waste', 'what_mattered', 'marginal'),
  }
}

function tokensOf(excess: readonly ContextExcess[]): number {
  return excess.reduce((sum, one) => sum + one.tokens, 0)
}

function inputFindings(items: readonly WorkItemFact[], parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  const [now, old] = [parameters.bounds, parameters.comparisonBounds].map((bounds) => {
    const runs = items.flatMap((item) => item.runs.filter((run) => isWithin(run.startedAt, bounds)))
    const parts = runs.map(({ usage }) => ({
      numerator: usage.inputTokens ?? 0,
      denominator: usage.calls - usage.callsWithoutUsage,
    }))
    const calls = parts.reduce((sum, part) => sum + part.denominator, 0)
    const value = ratioOf(
      parts.reduce((sum, part) => sum + part.numerator, 0),
      calls,
    )
    const inputTokens = runs.reduce((sum, run) => sum + (run.usage.inputTokens ?? 0), 0)
    const cached = runs.reduce((sum, run) => sum + (run.usage.cachedInputTokens ?? 0), 0)
    const isCacheKnown = runs.some((run) => run.usage.cachedInputTokens !== null)
    return {
      value,
      calls,
      interval: ratioInterval(parts, LEVEL),
      cached: isCacheKnown ? ratioOf(cached, inputTokens) : null,
    }
  })
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
function excessFindings(
  runs: readonly RunInContext[],
  judge: ReturnType<typeof estimateNeeds>,
  segmentOf: SegmentNamer,
  parameters: EconomicsParameters,
): Finding[] {
  const figure = createFigures(parameters, SOURCE)
  const judged = runs.flatMap(({ item, run }) =>
    run.steps.flatMap((step) => {
      const need = judge.needOf(item, step, segmentOf)
      return need && step.inputTokens !== null ? [{ calls: step.calls, tokens: step.inputTokens, need }] : []
    }),
  )
  if (judged.length === 0) return [figure('excess_tokens', 'Input tokens beyond need', null, 'tokens', { n: 0 })]
  const sum = (value: (one: (typeof judged)[number]) => number) => judged.reduce((total, one) => total + value(one), 0)
  const tokens = sum((one) => one.tokens)
  const excess = runs.flatMap((run) => run.excess)
  const beyond = Math.round(tokensOf(excess))
  const priced = excess.filter((one) => one.micros !== null)
  const micros = priced.reduce((total, one) => total + one.micros!, 0)
  const n = runs.filter((run) => run.excess.length > 0).length
  const linear = tokens / sum((one) => one.calls * one.need.typical)
  const quadratic = sum((one) => one.tokens ** 2 / one.calls) / sum((one) => one.calls * one.need.typical ** 2)
  const isUnpriced = priced.length === 0 && excess.length > 0
  return [
    figure('excess_tokens', 'Input tokens beyond need', beyond, 'tokens', { n, share: beyond / tokens }),
    figure('excess_cost', 'What they cost (linear in tokens; estimated)', isUnpriced ? null : usd(micros), 'usd', {
      n,
    }),
    figure('relative_tokens', 'Input tokens against a typical resolved run', linear, 'ratio', { n: judged.length }),
    figure(
      'relative_attention',
      'Work of attention against a typical resolved run (about the square of the tokens; not dollars)',
      quadratic,
      'ratio',
      { n: judged.length },
    ),
  ]
}

/** Input a call of the longest runs against the shortest: what is carried along from step to step. */
function historyFindings(runs: readonly RunInContext[], parameters: EconomicsParameters): Finding[] {
  const bands = measureGrowth(runs).filter((band) => band.perCall !== null && band.runs >= LEAST_RUNS_A_BAND)
  const [short, long] = [bands[0], bands.at(-1)]
  if (!short || !long || short === long) return []
  const figure = createFigures(parameters, HISTORY_SOURCE)
  const label = (band: typeof short) =>
    `Input tokens per call in runs of ${band.label.replace(/ calls?$/, '')} model calls`
  return [
    figure(
      'history.growth',
      'Input per call of the longest runs ÷ that of the shortest',
      long.perCall! / short.perCall!,
      'ratio',
      {
        n: short.runs + long.runs,
      },
    ),
    figure('history.short', label(short), short.perCall, 'tokens', { n: short.runs }),
    figure('history.long', label(long), long.perCall, 'tokens', { n: long.runs }),
  ]
}

function documentFindings(
  runs: readonly RunFact[],
  prices: ReadonlyMap<string, number>,
  parameters: EconomicsParameters,
): Finding[] {
  const documents = runs.flatMap((run) => run.documents)
  if (documents.length === 0) return []
  const figure = createFigures(parameters, DOCUMENT_SOURCE)
  const told = documents.filter((document) => document.used !== null)
  const used = told.filter((document) => document.used).length
  const unused = runs.map((run) => priceUnusedDocuments(run, prices))
  const sum = (value: (one: UnusedDocuments) => number) => unused.reduce((total, one) => total + value(one), 0)
  const [count, priced] = [sum((one) => one.count), sum((one) => one.priced)]
  const micros = priced === 0 && count > 0 ? null : sum((one) => one.micros ?? 0)
  return [
    figure('documents_per_run', 'Documents retrieved per run', documents.length / runs.length, 'ratio', {
      n: runs.length,
    }),
    figure('documents_used', 'Share of retrieved documents that were used', ratioOf(used, told.length), 'share', {
      n: told.length,
    }),
    figure('unused_documents_cost', 'What the unused documents cost, read once each', usd(micros), 'usd', { n: count }),
    figure(
      'unused_documents_priced',
      'Unused documents whose length and price are known',
      ratioOf(priced, count),
      'share',
      {
        n: count,
      },
    ),
  ]
}
