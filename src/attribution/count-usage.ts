import { MODEL_CALL_KINDS, type SpanKind } from '../domain/span.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import { buildSpanTree, type SpanTree } from './build-span-tree.ts'
import { collapseCopies, compareSpans } from './collapse-copies.ts'
import { type CountedCall, callOf, hasTokens, mergeCalls } from './counted-call.ts'
import { findSameCalls, isWrapper } from './match-calls.ts'

/** Kinds that hold other steps: a cost on them is that of what they hold. */
export const CONTAINER_KINDS: readonly SpanKind[] = ['agent', 'workflow', 'chain', 'step', 'other']

/** What of a trace counts. */
export interface UsageCount {
  /** One copy of each span, in order of start. */
  spans: StoredSpan[]
  tree: SpanTree
  /** In order of start. */
  calls: CountedCall[]
  /** Tokens that containers report beyond what counted inside them; null where no container with calls reports any. */
  unexplainedTokens: number | null
}

/** What a subtree holds: its counted calls, and tokens with the residuals found so far. */
interface Subtotal {
  calls: CountedCall[]
  inputTokens: number
  outputTokens: number
}

/**
 * Decides which spans of one trace count. A model call counts once, however many instrumentations report it. A
 * container that reports usage counts only where nothing inside it does; where it reports more than its inside accounts
 * for, the rest is unexplained usage. Usage on anything else (a tool, a retrieval) is no model call's and never counts. Pure, and the same for any order or repetition of spans.
 */
export function countUsage(copies: readonly StoredSpan[]): UsageCount {
  const spans = collapseCopies(copies)
  const tree = buildSpanTree(spans)
  const subtotals = new Map<string, Subtotal>()
  let unexplainedTokens: number | null = null
  for (const span of tree.postOrder) {
    const subtotal = joinSubtotals(tree.childrenOf.get(span.spanId)!.map((child) => subtotals.get(child.spanId)!))
    subtotals.set(span.spanId, subtotal)
    if (span.synthetic) continue
    if (MODEL_CALL_KINDS.includes(span.kind)) addModelCall(subtotal, span, tree)
    else if (!CONTAINER_KINDS.includes(span.kind)) continue
    else if (subtotal.calls.length === 0) addLoneContainer(subtotal, span)
    else if (hasTokens(span.usage)) unexplainedTokens = (unexplainedTokens ?? 0) + addResidual(subtotal, span)
  }
  const calls = tree.roots.flatMap((root) => subtotals.get(root.spanId)!.calls)
  return { spans, tree, calls: calls.sort((a, b) => compareSpans(a.span, b.span)), unexplainedTokens }
}

/** Grows the largest part in place, so that a deep chain of spans does not copy its calls again at every level. */
function joinSubtotals(parts: Subtotal[]): Subtotal {
  if (parts.length === 0) return { calls: [], inputTokens: 0, outputTokens: 0 }
  const largest = parts.reduce((a, b) => (b.calls.length > a.calls.length ? b : a))
  for (const part of parts) {
    if (part === largest) continue
    for (const call of part.calls) largest.calls.push(call)
    largest.inputTokens += part.inputTokens
    largest.outputTokens += part.outputTokens
  }
  return largest
}

function addModelCall(subtotal: Subtotal, span: StoredSpan, tree: SpanTree): void {
  const outer = callOf(span)
  const same = findSameCalls(outer, subtotal.calls, tree).sort((a, b) => compareSpans(a.span, b.span))
  if (same.length === 0 && isWrapper(outer, subtotal.calls, tree)) return
  for (const call of same) removeCall(subtotal, call)
  addCall(subtotal, [...same, outer].reduce(mergeCalls))
}

function addLoneContainer(subtotal: Subtotal, span: StoredSpan): void {
  if (hasTokens(span.usage) || span.costUsd !== null) addCall(subtotal, callOf(span))
}

function addResidual(subtotal: Subtotal, span: StoredSpan): number {
  const input = Math.max(0, (span.usage?.inputTokens ?? 0) - subtotal.inputTokens)
  const output = Math.max(0, (span.usage?.outputTokens ?? 0) - subtotal.outputTokens)
  subtotal.inputTokens += input
  subtotal.outputTokens += output
  return input + output
}

function addCall(subtotal: Subtotal, call: CountedCall): void {
  subtotal.calls.push(call)
  subtotal.inputTokens += call.usage?.inputTokens ?? 0
  subtotal.outputTokens += call.usage?.outputTokens ?? 0
}

function removeCall(subtotal: Subtotal, call: CountedCall): void {
  subtotal.calls.splice(subtotal.calls.indexOf(call), 1)
  subtotal.inputTokens -= call.usage?.inputTokens ?? 0
  subtotal.outputTokens -= call.usage?.outputTokens ?? 0
}
