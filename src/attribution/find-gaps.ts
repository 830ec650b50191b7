import { MODEL_CALL_KINDS, type SpanKind } from '../domain/span.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import type { UsageCount } from './count-usage.ts'

/** Calls that a run seems to have made, and that nobody exported. Shown, and counted in no sum. */
export interface Gap {
  /** The step that shows it. */
  spanId: string
  reason: 'failed_without_call' | 'attempts_skipped' | 'retries_inside'
  /** How many calls are missing, at least; null where the data does not say. */
  calls: number | null
}

/** Kinds whose failure may be that of a call inside them. */
const CALLING_KINDS: readonly SpanKind[] = ['agent', 'workflow', 'chain', 'step']

/** What providers and networks say when a call failed. */
const CALL_ERROR =
  /\b(?:429|50[0234]|529)\b|rate.?limit|overloaded|quota|too many requests|time[d ]?.?out|unavailable|connection (?:error|reset|refused)|ECONN|ETIMEDOUT/i

/** A number of tries before the one that the span shows. Settings such as `max_retries` are none. */
const RETRY_COUNT = /(?:^|[._])(?:retry_count|retry\.count|attempted_retries|resend_count)$/
/** Which try the span shows. */
const ATTEMPT_NUMBER = /(?:^|[._])(?:attempt|attempt_number|retry_attempt|retry\.attempt)$/
const NO_COUNT = /max|limit|setting|config|^docket\.attempt$/i
const MOST_TRIES = 100

/**
 * Gaps of a run, in order of start: a container that failed as a call fails and holds neither a call nor a failed step; an
 * attempt counter that skips numbers; a step that says how often it was retried while fewer tries were exported. `retries`:
 * which step repeats which, stated or inferred. A step shows one gap at most.
 */
export function findGaps(count: UsageCount, retries: ReadonlyMap<string, string>): Gap[] {
  const steps = count.spans.filter((span) => !span.synthetic)
  const gaps = new Map<string, Gap>()
  for (const gap of [
    ...findSkippedAttempts(steps),
    ...findRetriesInside(steps, retries),
    ...findFailuresWithoutCall(steps, count),
  ]) {
    if (!gaps.has(gap.spanId)) gaps.set(gap.spanId, gap)
  }
  return steps.flatMap((span) => gaps.get(span.spanId) ?? [])
}

function findRetriesInside(steps: readonly StoredSpan[], retries: ReadonlyMap<string, string>): Gap[] {
  return steps.flatMap((span) => {
    const missing = (numberOf(span, RETRY_COUNT) ?? 0) - countTriesBefore(span.spanId, retries)
    return missing > 0 ? [{ spanId: span.spanId, reason: 'retries_inside' as const, calls: missing }] : []
  })
}

function findFailuresWithoutCall(steps: readonly StoredSpan[], { tree, calls }: UsageCount): Gap[] {
  const holders = new Set(calls.flatMap((call) => call.spanIds))
  const failed = new Set<string>()
  for (const span of tree.postOrder) {
    const inside = tree.childrenOf.get(span.spanId)!
    const isCall = MODEL_CALL_KINDS.includes(span.kind)
    if (isCall || inside.some((child) => holders.has(child.spanId))) holders.add(span.spanId)
    if (span.status === 'error' || inside.some((child) => failed.has(child.spanId))) failed.add(span.spanId)
  }
  const callingSteps = new Set(steps.filter((span) => holders.has(span.spanId)).map(stepKey))
  return steps
    .filter((span) => span.status === 'error' && CALLING_KINDS.includes(span.kind) && !holders.has(span.spanId))
    .filter((span) => !tree.childrenOf.get(span.spanId)!.some((child) => failed.has(child.spanId)))
    .filter((span) => span.kind === 'agent' || CALL_ERROR.test(span.error ?? '') || callingSteps.has(stepKey(span)))
    .map((span) => ({ spanId: span.spanId, reason: 'failed_without_call', calls: null }))
}

const stepKey = (span: StoredSpan): string => JSON.stringify([span.kind, span.name])

/** Numbers that are missing below the highest one, told by the step that has it. Counters begin at 1, or at 0 where one is 0. */
function findSkippedAttempts(steps: readonly StoredSpan[]): Gap[] {
  const counters = Map.groupBy(
    steps.filter((span) => numberOf(span, ATTEMPT_NUMBER) !== null),
    (span) => JSON.stringify([span.parentId, span.kind, span.name]),
  )
  return [...counters.values()].flatMap((members) => {
    const numbers = new Set(members.map((span) => numberOf(span, ATTEMPT_NUMBER)!))
    const highest = Math.max(...numbers)
    const missing = highest + (numbers.has(0) ? 1 : 0) - numbers.size
    const last = members.findLast((span) => numberOf(span, ATTEMPT_NUMBER) === highest)!
    return missing > 0 ? [{ spanId: last.spanId, reason: 'attempts_skipped' as const, calls: missing }] : []
  })
}

function numberOf(span: StoredSpan, name: RegExp): number | null {
  for (const [key, value] of Object.entries(span.attributes)) {
    if (!name.test(key) || NO_COUNT.test(key)) continue
    const number = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value
    if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= MOST_TRIES) return number
  }
  return null
}

/** Tries that the run shows before a step, along what repeats what. */
function countTriesBefore(spanId: string, retries: ReadonlyMap<string, string>): number {
  const seen = new Set([spanId])
  for (let at = retries.get(spanId); at !== undefined && !seen.has(at); at = retries.get(at)) seen.add(at)
  return seen.size - 1
}
