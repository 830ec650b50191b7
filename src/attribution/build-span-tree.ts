import type { StoredSpan } from '../store/queries/stored-span.ts'
import { compareSpans } from './collapse-copies.ts'

export interface SpanTree {
  roots: StoredSpan[]
  /** Parent that is in the trace; null for roots, orphans, and where a cycle was cut. */
  parentOf: ReadonlyMap<string, StoredSpan | null>
  childrenOf: ReadonlyMap<string, StoredSpan[]>
  /** Every span after all of its descendants. */
  postOrder: StoredSpan[]
}

/**
 * The tree of a trace's spans (one copy each, in order of start). A span whose parent is missing is a root until the
 * parent arrives. A cycle is cut above its earliest span, so no span is lost and no walk is endless.
 */
export function buildSpanTree(spans: readonly StoredSpan[]): SpanTree {
  const parentOf = findParents(spans)
  const childrenOf = new Map<string, StoredSpan[]>(spans.map((span) => [span.spanId, []]))
  const roots: StoredSpan[] = []
  for (const span of spans) {
    const parent = parentOf.get(span.spanId)
    if (parent) childrenOf.get(parent.spanId)!.push(span)
    else roots.push(span)
  }
  return { roots, parentOf, childrenOf, postOrder: walkPostOrder(roots, childrenOf) }
}

function findParents(spans: readonly StoredSpan[]): Map<string, StoredSpan | null> {
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const parentOf = new Map(spans.map((span) => [span.spanId, byId.get(span.parentId ?? '') ?? null]))
  const settled = new Set<string>()
  for (const span of spans) {
    const path: StoredSpan[] = []
    const onPath = new Set<string>()
    let current: StoredSpan | null = span
    while (current && !settled.has(current.spanId) && !onPath.has(current.spanId)) {
      path.push(current)
      onPath.add(current.spanId)
      current = parentOf.get(current.spanId) ?? null
    }
    if (current && onPath.has(current.spanId)) {
      const cycle = path.slice(path.indexOf(current))
      parentOf.set(cycle.sort(compareSpans)[0]!.spanId, null)
    }
    for (const { spanId } of path) settled.add(spanId)
  }
  return parentOf
}

/** Without recursion: a trace may be thousands of spans deep. */
function walkPostOrder(roots: readonly StoredSpan[], childrenOf: ReadonlyMap<string, StoredSpan[]>): StoredSpan[] {
  const parentFirst: StoredSpan[] = []
  const open = [...roots]
  while (open.length > 0) {
    const span = open.pop()!
    parentFirst.push(span)
    for (const child of childrenOf.get(span.spanId)!) open.push(child)
  }
  return parentFirst.reverse()
}
