import { completeDecisions } from '../domain/complete-decisions.ts'
import type { MicroDollars } from '../domain/money.ts'
import { addKnown } from '../domain/usage.ts'
import type { StoredRunFact } from '../store/queries/run-fact-rows.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import type { AttributedSpan } from '../store/schema/facts.ts'
import { classifyRunWaste, type RunWaste } from './classify-run-waste.ts'
import { type CostedCall, costCalls } from './cost-calls.ts'
import { countUsage } from './count-usage.ts'
import { findDecision, findRules } from './find-decision.ts'
import { findRunStatus } from './find-run-status.ts'
import { findToolCalls, toolName } from './find-tool-calls.ts'
import { findToolFees } from './find-tool-fees.ts'
import { mergeContext } from './merge-context.ts'
import type { NamingBook } from './name-by-rules.ts'
import type { PriceBook } from './price-call.ts'
import { summariseDocuments, summariseModels, summariseSteps, sumUsage } from './summarise-run.ts'

/** What people have set, and facts depend on. */
export interface AttributionSettings extends PriceBook {
  naming?: NamingBook
}

/** A run fact with what attribution decided about each of its spans. */
export interface BuiltRunFact extends StoredRunFact {
  attributedSpans: AttributedSpan[]
}

/**
 * The fact of one run from every copy of every span of its trace (at least one). Pure: the same for any order, repetition
 * or splitting of the spans.
 */
export function buildRunFact(
  copies: readonly StoredSpan[],
  settings: AttributionSettings,
  knownFrom: Date,
): BuiltRunFact {
  const count = countUsage(copies)
  const { spans, tree } = count
  const { traceId } = spans[0]!
  const { runStatus, ...context } = mergeContext(traceId, spans, settings.naming)
  const steps = completeDecisions(spans.filter((span) => !span.synthetic))
  const calls = costCalls(count.calls, context.workflow, settings)
  const tools = findToolCalls(spans, tree)
  const fees = findToolFees(count, tools)
  const waste = classifyRunWaste(steps, tools.calls, calls, fees)
  return {
    traceId,
    ...context,
    status: findRunStatus(runStatus, tree),
    startedAt: spans[0]!.startedAt,
    endedAt: latestEnd(spans),
    modelCostMicros: calls.reduce((sum, call) => sum + (call.costMicros ?? 0), 0),
    toolCostMicros: [...fees.values()].reduce<MicroDollars | null>(addKnown, null),
    pricedCalls: calls.filter((call) => call.costMicros !== null).length,
    unpricedCalls: calls.filter((call) => call.costMicros === null).length,
    usage: sumUsage(calls),
    usageEstimated: calls.some((call) => call.usageEstimated),
    unexplainedTokens: count.unexplainedTokens,
    models: summariseModels(calls),
    steps: summariseSteps(count, calls, tools),
    documents: summariseDocuments(steps),
    tools: [...new Set(tools.calls.map(toolName))],
    waste: waste.totals,
    decision: findDecision(steps)?.decision?.choice ?? null,
    rules: findRules(steps),
    knownFrom,
    attributedSpans: attributeSpans(steps, calls, fees, waste),
  }
}

function latestEnd(spans: readonly StoredSpan[]): Date | null {
  const ends = spans.flatMap((span) => (span.endedAt ? [span.endedAt.getTime()] : []))
  return ends.length > 0 ? new Date(ends.reduce((a, b) => Math.max(a, b))) : null
}

/** Only spans about which there is something to say. */
function attributeSpans(
  spans: readonly StoredSpan[],
  calls: readonly CostedCall[],
  fees: ReadonlyMap<string, MicroDollars>,
  waste: RunWaste,
): AttributedSpan[] {
  const callOfSpan = new Map(calls.map((call) => [call.span.spanId, call]))
  return spans.flatMap(({ spanId }) => {
    const call = callOfSpan.get(spanId)
    const feeMicros = fees.get(spanId) ?? null
    const wasteClass = waste.bySpan.get(spanId) ?? null
    if (!call && feeMicros === null && wasteClass === null) return []
    const priceSource = call?.priceSource ?? null
    const costMicros = call?.costMicros ?? null
    return [{ spanId, counted: call !== undefined, costMicros, priceSource, feeMicros, waste: wasteClass }]
  })
}
