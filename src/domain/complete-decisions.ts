import type { Decision, Span } from './span.ts'

type DecidingSpan = Pick<Span, 'spanId' | 'parentId' | 'decision' | 'context'>
type Parts = Omit<Decision, 'choice'>

/**
 * The decisions of a run whole: rationale, rules and the like may stand on other spans than the choice. Such a part goes to
 * the decision of the nearest span around it, else to the run's last one; what the choice's own span says stands. Spans come
 * in order of start, each once.
 */
export function completeDecisions<Deciding extends DecidingSpan>(spans: readonly Deciding[]): Deciding[] {
  const last = spans.findLast((span) => span.decision !== null)
  if (!last || spans.every(({ context }) => !context.decisionParts)) return [...spans]
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const partsOf = new Map<string, Parts>()
  for (const span of spans) {
    const { decisionParts } = span.context
    if (!decisionParts) continue
    const { spanId } = decisionAround(span, byId) ?? last
    partsOf.set(spanId, joinParts(partsOf.get(spanId) ?? {}, decisionParts))
  }
  return spans.map((span) => {
    const parts = span.decision && partsOf.get(span.spanId)
    return parts ? { ...span, decision: { ...span.decision!, ...joinParts(span.decision!, parts) } } : span
  })
}

function decisionAround(span: DecidingSpan, byId: ReadonlyMap<string, DecidingSpan>): DecidingSpan | null {
  const seen = new Set<string>()
  let around: DecidingSpan | undefined = span
  while (around && !seen.has(around.spanId)) {
    if (around.decision) return around
    seen.add(around.spanId)
    around = byId.get(around.parentId ?? '')
  }
  return null
}

/** The first that says something of a part; rules and precedents of both. */
function joinParts(first: Parts, further: Parts): Parts {
  const joined = (a: string[] = [], b: string[] = []) => [...new Set([...a, ...b])]
  return {
    alternatives: first.alternatives?.length ? first.alternatives : (further.alternatives ?? []),
    rationale: first.rationale ?? further.rationale ?? null,
    rules: joined(first.rules, further.rules),
    precedents: joined(first.precedents, further.precedents),
    confidence: first.confidence ?? further.confidence ?? null,
  }
}
