import { completeDecisions } from '../domain/complete-decisions.ts'
import type { RunFact } from '../domain/facts.ts'
import { toDollars } from '../domain/money.ts'
import { MODEL_CALL_KINDS, type SpanStatus } from '../domain/span.ts'
import type { TokenUsage, UsageTotals } from '../domain/usage.ts'
import type { FullSpan } from '../store/queries/stored-span.ts'
import type { AttributedSpan } from '../store/schema/facts.ts'
import { countUsage, type UsageCount } from './count-usage.ts'
import { findGaps } from './find-gaps.ts'
import { findToolCalls } from './find-tool-calls.ts'
import { inferRetries } from './infer-retries.ts'
import type { RunDocument, SpanDocument, StatedStatus } from './work-item-document.ts'

/** One run with its spans in order of start; what Docket made itself is left out. */
export function documentRun(
  run: RunFact,
  copies: readonly FullSpan[],
  attributed: readonly AttributedSpan[],
  consulted: RunDocument['consulted'],
): RunDocument {
  const count = countUsage(copies)
  const { spans, calls } = count
  const { inferred, retries } = findRetries(count)
  const usageOf = new Map(calls.map((call) => [call.span.spanId, call.usage]))
  const attributionOf = new Map(attributed.map((span) => [span.spanId, span]))
  const synthetic = new Set(spans.filter((span) => span.synthetic).map((span) => span.spanId))
  const hasAgent = run.agentName !== null || run.agentVersion !== null
  return {
    traceId: run.traceId,
    attempt: run.attempt,
    attemptInferred: run.attemptInferred,
    status: statedStatus(run.status),
    agent: hasAgent ? { name: run.agentName, version: run.agentVersion } : null,
    promptVersion: run.promptVersion,
    startedAt: run.startedAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    costUsd: run.pricedCalls > 0 ? toDollars(run.modelCostMicros) : null,
    pricedCalls: run.pricedCalls,
    unpricedCalls: run.unpricedCalls,
    usage: run.usage,
    usageEstimated: run.usageEstimated,
    unexplainedTokens: run.unexplainedTokens,
    decision: run.decision,
    consulted,
    spans: completeDecisions((spans as FullSpan[]).filter((span) => !span.synthetic)).map((span) => {
      const parentId = span.parentId !== null && synthetic.has(span.parentId) ? null : span.parentId
      const usage = usageOf.get(span.spanId) ?? span.usage
      const retryOf = span.retryOf ?? inferred.get(span.spanId) ?? null
      const retry = { retryOf, retryInferred: span.retryOf === null && retryOf !== null }
      return documentSpan({ ...span, parentId, usage }, attributionOf.get(span.spanId), retry)
    }),
    gaps: findGaps(count, retries),
  }
}

/** Which step repeats which: as inferred, and together with what the sender says. */
function findRetries({ spans, tree, calls }: UsageCount) {
  const inferred = inferRetries(calls, findToolCalls(spans, tree).calls)
  const stated = spans.flatMap((span): [string, string][] => (span.retryOf ? [[span.spanId, span.retryOf]] : []))
  return { inferred, retries: new Map([...inferred, ...stated]) }
}

function documentSpan(
  span: FullSpan,
  attributed: AttributedSpan | undefined,
  retry: Pick<SpanDocument, 'retryOf' | 'retryInferred'>,
): SpanDocument {
  const counted = attributed?.counted ?? false
  const feeUsd = attributed?.feeMicros == null ? null : toDollars(attributed.feeMicros)
  return {
    id: span.spanId,
    parentId: span.parentId,
    kind: span.kind,
    name: span.name,
    status: statedStatus(span.status),
    error: span.error,
    model: span.model,
    provider: span.provider,
    usage: documentUsage(span, counted),
    counted,
    costUsd: attributed?.costMicros == null ? null : toDollars(attributed.costMicros),
    priceSource: attributed?.priceSource ?? null,
    startedAt: span.startedAt.toISOString(),
    endedAt: span.endedAt?.toISOString() ?? null,
    input: span.input,
    output: span.output,
    documents: span.documents,
    tool: span.tool && { ...span.tool, costUsd: feeUsd },
    decision: span.decision,
    ...retry,
    ...(attributed?.waste && { waste: attributed.waste }),
  }
}

function documentUsage(span: FullSpan, counted: boolean): UsageTotals | null {
  if (!counted && !span.usage && !MODEL_CALL_KINDS.includes(span.kind)) return null
  const usage: TokenUsage = span.usage ?? {}
  const unknown = usage.inputTokens == null && usage.outputTokens == null
  return {
    calls: counted ? 1 : 0,
    callsWithoutUsage: counted && unknown ? 1 : 0,
    inputTokens: usage.inputTokens ?? null,
    cachedInputTokens: usage.cachedInputTokens ?? null,
    cacheWriteTokens: usage.cacheWriteTokens ?? null,
    outputTokens: usage.outputTokens ?? null,
    reasoningTokens: usage.reasoningTokens ?? null,
  }
}

function statedStatus(status: SpanStatus): StatedStatus | null {
  return status === 'unset' ? null : status
}
