import { createHash } from 'node:crypto'
import { canonicalJson } from '../domain/canonical-json.ts'
import type { StoredSpan } from '../store/queries/load-trace-spans.ts'
import type { CurrentRunFact } from '../store/queries/write-run-facts.ts'
import { type BuiltRunFact, buildRunFact } from './build-run-fact.ts'
import type { PriceBook } from './price-call.ts'

export interface RunFactVersion {
  fact: BuiltRunFact
  contentHash: string
}

/**
 * The next version of a run's fact, or null where the spans say nothing new. The first was known when its first span was
 * recorded, a later one when its last span was; where no span is newer than the current version (re-pricing), when the
 * change was asked for. Spans that retention has dropped are no reason to forget what they cost: the fact stays.
 */
export function versionRunFact(
  spans: readonly StoredSpan[],
  prices: PriceBook,
  current: CurrentRunFact | undefined,
  changedAt: Date,
): RunFactVersion | null {
  if (spans.length === 0 || hasDroppedSpans(spans, current)) return null
  const built = buildRunFact(spans, prices, knownFromOf(spans, current, changedAt))
  const contentHash = hashOf(built)
  return contentHash === current?.contentHash ? null : { fact: built, contentHash }
}

function hasDroppedSpans(spans: readonly StoredSpan[], current: CurrentRunFact | undefined): boolean {
  const stored = new Set(spans.map((span) => span.spanId))
  return current?.attributedSpanIds.some((spanId) => !stored.has(spanId)) ?? false
}

function knownFromOf(spans: readonly StoredSpan[], current: CurrentRunFact | undefined, changedAt: Date): Date {
  const recorded = spans.map((span) => span.recordedAt.getTime())
  if (!current) return new Date(recorded.reduce((a, b) => Math.min(a, b)))
  const latest = recorded.reduce((a, b) => Math.max(a, b))
  const before = current.knownFrom.getTime()
  return new Date(latest > before ? latest : Math.max(changedAt.getTime(), before + 1))
}

function hashOf({ knownFrom, ...content }: BuiltRunFact): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}
