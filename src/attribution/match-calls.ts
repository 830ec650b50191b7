import { MODEL_CALL_KINDS, type SpanKind } from '../domain/span.ts'
import type { TokenUsage } from '../domain/usage.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import type { SpanTree } from './build-span-tree.ts'
import { compareSpans } from './collapse-copies.ts'
import type { CountedCall } from './counted-call.ts'
import { modelsAgree } from './model-names.ts'

/** Kinds through which a call is still the same call; work such as a tool or another agent makes calls of its own. */
const TRANSPARENT_KINDS: readonly SpanKind[] = [...MODEL_CALL_KINDS, 'chain', 'step', 'other']

/**
 * Calls inside a model span that report the same call as the span itself (`outer`): those with its response id; else the
 * earliest with its totals; else, directly inside it, the only one, where one of the two knows no usage.
 */
export function findSameCalls(outer: CountedCall, inside: readonly CountedCall[], tree: SpanTree): CountedCall[] {
  const sameResponse = inside.filter((call) => call.responseIds.some((id) => outer.responseIds.includes(id)))
  if (sameResponse.length > 0) return sameResponse
  const sameTotals = inside.filter(
    (call) =>
      totalsAgree(call.usage, outer.usage) && (!responsesDiffer(call, outer) || isDirectlyInside(call, outer, tree)),
  )
  if (sameTotals.length > 0) return [sameTotals.sort((a, b) => compareSpans(a.span, b.span))[0]!]
  const direct = inside.filter((call) => isDirectlyInside(call, outer, tree))
  const [only] = direct
  if (!only || direct.length > 1 || (only.usage && outer.usage)) return []
  return modelsAgree(only.model, outer.model) && !responsesDiffer(only, outer) ? [only] : []
}

/** A model span that only sums, or only wraps, the several calls inside it. */
export function isWrapper(outer: CountedCall, inside: readonly CountedCall[], tree: SpanTree): boolean {
  const counted = inside.filter((call) => call.usage)
  if (!outer.usage) return inside.filter((call) => isDirectlyInside(call, outer, tree)).length > 1
  if (counted.length < 2) return false
  const sum = (field: 'inputTokens' | 'outputTokens') =>
    counted.reduce((total, call) => total + (call.usage?.[field] ?? 0), 0)
  return totalsAgree(outer.usage, { inputTokens: sum('inputTokens'), outputTokens: sum('outputTokens') })
}

/** Both report input and output, and the same. Zero tokens agree with nothing. */
function totalsAgree(a: TokenUsage | null, b: TokenUsage | null): boolean {
  if (a?.inputTokens == null || a.inputTokens !== b?.inputTokens) return false
  return (a.outputTokens ?? 0) === (b.outputTokens ?? 0) && a.inputTokens + (a.outputTokens ?? 0) > 0
}

function responsesDiffer(a: CountedCall, b: CountedCall): boolean {
  return a.responseIds.length > 0 && b.responseIds.length > 0 && !a.responseIds.some((id) => b.responseIds.includes(id))
}

function isDirectlyInside(call: CountedCall, outer: CountedCall, tree: SpanTree): boolean {
  let current: StoredSpan | null | undefined = tree.parentOf.get(call.outermost.spanId)
  while (current && current !== outer.span) {
    if (!TRANSPARENT_KINDS.includes(current.kind)) return false
    current = tree.parentOf.get(current.spanId)
  }
  return true
}
