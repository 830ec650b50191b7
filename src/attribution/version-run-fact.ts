import { createHash } from 'node:crypto'
import { canonicalJson } from '../domain/canonical-json.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import type { CurrentRunFact } from '../store/queries/write-run-facts.ts'
import { type AttributionSettings, type BuiltRunFact, buildRunFact } from './build-run-fact.ts'

export interface RunFactVersion {
  fact: BuiltRunFact
  contentHash: string
  /** When the next version took its place; null while it holds. */
  knownUntil: Date | null
}

/** Versions of one run that one attribution adds, at most: a trace may trickle in by hundreds of requests. */
const MAX_VERSIONS = 10

/**
 * The next versions of a run's fact, oldest first; none where the spans say nothing new. There is one for each instant at
 * which spans were recorded since the current version, whenever attribution came to see them, so that what was known at
 * an instant does not depend on how busy Docket was. Where no span is newer (prices or names were set), the version begins when the
 * change was asked for. Spans that retention has dropped are no reason to forget what they cost: the fact stays.
 */
export function versionRunFact(
  spans: readonly StoredSpan[],
  settings: AttributionSettings,
  current: CurrentRunFact | undefined,
  changedAt: Date,
): RunFactVersion[] {
  if (spans.length === 0 || hasDroppedSpans(spans, current)) return []
  const versions: RunFactVersion[] = []
  let previous = current?.contentHash
  for (const { knownFrom, recordedBy } of listSteps(spans, current, changedAt)) {
    const known = spans.filter((span) => span.recordedAt.getTime() <= recordedBy)
    const fact = buildRunFact(known, settings, new Date(knownFrom))
    const contentHash = hashOf(fact)
    if (contentHash === previous) continue
    const last = versions.at(-1)
    if (last) last.knownUntil = fact.knownFrom
    versions.push({ fact, contentHash, knownUntil: null })
    previous = contentHash
  }
  return versions
}

/** When each new version begins, and by when the spans that it knows were recorded. Milliseconds since 1970. */
function listSteps(
  spans: readonly StoredSpan[],
  current: CurrentRunFact | undefined,
  changedAt: Date,
): { knownFrom: number; recordedBy: number }[] {
  const before = current?.knownFrom.getTime() ?? -Infinity
  const recorded = [...new Set(spans.map((span) => span.recordedAt.getTime()))].sort((a, b) => a - b)
  const newer = recorded.filter((instant) => instant > before)
  if (newer.length === 0) return [{ knownFrom: Math.max(changedAt.getTime(), before + 1), recordedBy: Infinity }]
  const kept = newer.length > MAX_VERSIONS ? [...newer.slice(0, MAX_VERSIONS - 1), newer.at(-1)!] : newer
  return kept.map((instant) => ({ knownFrom: instant, recordedBy: instant }))
}

/** Whether retention has dropped spans that the current fact counts. */
export function hasDroppedSpans(spans: readonly StoredSpan[], current: CurrentRunFact | undefined): boolean {
  const stored = new Set(spans.map((span) => span.spanId))
  return current?.attributedSpanIds.some((spanId) => !stored.has(spanId)) ?? false
}

function hashOf({ knownFrom, ...content }: BuiltRunFact): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}
