import type { RunFact } from '../../domain/facts.ts'
import type { AttributedSpan, runFacts } from '../schema/facts.ts'

/**
 * A run fact as stored: the attempt as the emitter gave it, null where it must be inferred from the item's other runs.
 */
export interface StoredRunFact extends Omit<RunFact, 'attempt' | 'attemptInferred'> {
  attempt: number | null
  retryOf: string | null
}

type RunFactRow = typeof runFacts.$inferSelect
export type BuiltRunFactRow = StoredRunFact & { attributedSpans: AttributedSpan[] }

export function toRunFactRow(fact: BuiltRunFactRow, contentHash: string): typeof runFacts.$inferInsert {
  const { usage, ...columns } = fact
  return { ...columns, ...usage, contentHash }
}

export function fromRunFactRow(row: Omit<RunFactRow, 'contentHash' | 'knownUntil' | 'attributedSpans'>): StoredRunFact {
  const { calls, callsWithoutUsage, ...rest } = row
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens, ...fact } = rest
  const tokens = { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens }
  return { ...fact, usage: { calls, callsWithoutUsage, ...tokens } }
}
