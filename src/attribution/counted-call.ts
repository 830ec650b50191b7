import type { SpanStatus } from '../domain/span.ts'
import type { TokenUsage } from '../domain/usage.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'

/** One model call that counts, with what all the spans that report it know of it. */
export interface CountedCall {
  /** The span whose counts are used. */
  span: StoredSpan
  /** The outermost span that reports the call. */
  outermost: StoredSpan
  /** Every span that reports it. */
  spanIds: string[]
  responseIds: string[]
  usage: TokenUsage | null
  usageEstimated: boolean
  model: string | null
  provider: string | null
  serviceTier: string | null
  /** Dollars, as the emitter reported them. */
  costUsd: number | null
  status: SpanStatus
}

export function callOf(span: StoredSpan): CountedCall {
  return {
    span,
    outermost: span,
    spanIds: [span.spanId],
    responseIds: span.responseId ? [span.responseId] : [],
    usage: hasTokens(span.usage) ? span.usage : null,
    usageEstimated: span.usageEstimated && hasTokens(span.usage),
    model: span.model,
    provider: span.provider,
    serviceTier: span.serviceTier,
    costUsd: span.costUsd,
    status: span.status,
  }
}

/** Whether input or output tokens are known; parts without a whole say nothing that can be counted. */
export function hasTokens(usage: TokenUsage | null): usage is TokenUsage {
  return usage?.inputTokens != null || usage?.outputTokens != null
}

/** Two reports of one call: the fuller counts (ties: the inner one), and fills its gaps from the other. */
export function mergeCalls(inner: CountedCall, outer: CountedCall): CountedCall {
  const outerIsFuller = fullnessOf(outer) > fullnessOf(inner)
  const [fuller, other] = outerIsFuller ? [outer, inner] : [inner, outer]
  return {
    span: fuller.span,
    outermost: outer.outermost,
    spanIds: [...inner.spanIds, ...outer.spanIds],
    responseIds: [...new Set([...inner.responseIds, ...outer.responseIds])],
    usage: fillUsage(fuller.usage, other.usage),
    usageEstimated: fuller.usage ? fuller.usageEstimated : other.usageEstimated,
    model: fuller.model ?? other.model,
    provider: fuller.provider ?? other.provider,
    serviceTier: fuller.serviceTier ?? other.serviceTier,
    costUsd: fuller.costUsd ?? other.costUsd,
    status: fuller.status === 'unset' ? other.status : fuller.status,
  }
}

/** Reported beats estimated, then more known fields, then more tokens. */
function fullnessOf(call: CountedCall): number {
  if (!call.usage) return 0
  const known = Object.values(call.usage).filter((tokens) => tokens != null).length
  const tokens = (call.usage.inputTokens ?? 0) + (call.usage.outputTokens ?? 0)
  return (call.usageEstimated ? 0 : 100) + known + tokens / (tokens + 1)
}

function fillUsage(fuller: TokenUsage | null, other: TokenUsage | null): TokenUsage | null {
  if (!fuller || !other) return fuller ?? other
  const filled: TokenUsage = {
    inputTokens: fuller.inputTokens ?? other.inputTokens,
    cachedInputTokens: fuller.cachedInputTokens ?? other.cachedInputTokens,
    cacheWriteTokens: fuller.cacheWriteTokens ?? other.cacheWriteTokens,
    outputTokens: fuller.outputTokens ?? other.outputTokens,
    reasoningTokens: fuller.reasoningTokens ?? other.reasoningTokens,
  }
  const cached = (filled.cachedInputTokens ?? 0) + (filled.cacheWriteTokens ?? 0)
  const fits =
    cached <= (filled.inputTokens ?? Infinity) && (filled.reasoningTokens ?? 0) <= (filled.outputTokens ?? Infinity)
  return fits ? filled : fuller
}
