import type { StoredSpan } from '../store/queries/stored-span.ts'

/** The span that holds the run's decision: the last one that decides. Spans come in order of start. */
export function findDecision(spans: readonly StoredSpan[]): StoredSpan | null {
  return spans.findLast((span) => span.decision !== null) ?? null
}

/** Rules that any decision of the run cites, in order of first mention. */
export function findRules(spans: readonly StoredSpan[]): string[] {
  return [...new Set(spans.flatMap((span) => span.decision?.rules ?? []))]
}
