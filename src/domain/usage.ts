import { z } from 'zod'

const tokens = z.int().nonnegative().nullish()

/**
 * Tokens of one model call. `inputTokens` includes cached and cache-write tokens; `outputTokens` includes reasoning
 * tokens. Absent or null is unknown, never 0.
 */
export const TokenUsage = z
  .strictObject({
    inputTokens: tokens,
    cachedInputTokens: tokens,
    cacheWriteTokens: tokens,
    outputTokens: tokens,
    reasoningTokens: tokens,
  })
  .refine(
    (usage) => (usage.cachedInputTokens ?? 0) + (usage.cacheWriteTokens ?? 0) <= (usage.inputTokens ?? Infinity),
    {
      message: 'inputTokens includes cached and cache-write tokens, so it cannot be less than their sum',
      path: ['inputTokens'],
    },
  )
export type TokenUsage = z.infer<typeof TokenUsage>

/** Usage summed over counted model calls. A token field is null where no counted call reported it. */
export interface UsageTotals {
  calls: number
  callsWithoutUsage: number
  inputTokens: number | null
  cachedInputTokens: number | null
  cacheWriteTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
}

export const NO_USAGE: UsageTotals = {
  calls: 0,
  callsWithoutUsage: 0,
  inputTokens: null,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
}

/** Null only where both are unknown: the sum is the known part. */
export function addKnown(a: number | null | undefined, b: number | null | undefined): number | null {
  if (a == null) return b ?? null
  return b == null ? a : a + b
}

export function addUsage(a: UsageTotals, b: UsageTotals): UsageTotals {
  return {
    calls: a.calls + b.calls,
    callsWithoutUsage: a.callsWithoutUsage + b.callsWithoutUsage,
    inputTokens: addKnown(a.inputTokens, b.inputTokens),
    cachedInputTokens: addKnown(a.cachedInputTokens, b.cachedInputTokens),
    cacheWriteTokens: addKnown(a.cacheWriteTokens, b.cacheWriteTokens),
    outputTokens: addKnown(a.outputTokens, b.outputTokens),
    reasoningTokens: addKnown(a.reasoningTokens, b.reasoningTokens),
  }
}
