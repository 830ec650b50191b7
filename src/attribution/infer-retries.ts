import { canonicalJson } from '../domain/canonical-json.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import type { CountedCall } from './counted-call.ts'

type Call = Pick<CountedCall, 'span' | 'model' | 'usage' | 'status'>

/**
 * Which step repeats which, by span id, where the sender does not say: a model call or a tool call of the same step with the
 * same input, begun after the one before it had failed or was given up. What is repeated after a success is a loop, and no
 * retry. `calls` and `tools` in order of start, each once; steps that say themselves what they repeat are left out.
 */
export function inferRetries(calls: readonly Call[], tools: readonly StoredSpan[]): Map<string, string> {
  const inferred = new Map<string, string>()
  const latest = new Map<string, Call>()
  const look = (call: Call, key: string | null): void => {
    if (key === null) return
    const before = latest.get(key)
    latest.set(key, call)
    if (!before || call.span.retryOf !== null || !mayRepeat(call, before)) return
    inferred.set(call.span.spanId, before.span.spanId)
  }
  for (const call of calls) look(call, keyOfCall(call))
  for (const span of tools) look({ span, model: null, usage: null, status: span.status }, keyOfTool(span))
  return inferred
}

function keyOfCall({ span }: Call): string | null {
  return span.inputHash === null ? null : canonicalJson(['call', span.kind, span.name, span.inputHash])
}

function keyOfTool({ name, tool }: StoredSpan): string | null {
  return tool?.arguments == null ? null : canonicalJson(['tool', name, tool.name, tool.arguments])
}

function mayRepeat(call: Call, before: Call): boolean {
  if (before.status !== 'error' && before.status !== 'abandoned') return false
  // Some emitters keep only part of the input, so equal text of another length in tokens is another input.
  const [tokens, tokensBefore] = [call.usage?.inputTokens ?? null, before.usage?.inputTokens ?? null]
  if (tokens !== null && tokensBefore !== null && tokens !== tokensBefore) return false
  return call.span.startedAt >= (before.span.endedAt ?? before.span.startedAt)
}
