import type { Span } from '../../src/domain/span.ts'
import type { Db } from '../../src/store/client.ts'
import { isUniqueViolation } from '../../src/store/is-unique-violation.ts'
import { ensureTracePartition } from '../../src/store/queries/ensure-trace-partition.ts'
import { insertTraceParts } from '../../src/store/queries/insert-trace-parts.ts'
import { spanTexts } from '../../src/store/queries/span-texts.ts'
import type { StoredSpan } from '../../src/store/queries/stored-span.ts'
import { writeTraceParts } from '../../src/store/queries/trace-part.ts'
import { changedTraces } from '../../src/store/schema/spans.ts'

export const START = new Date('2026-11-02T09:00:00Z')

/** An instant `seconds` after the start of the tests' first run. */
export const at = (seconds: number): Date => new Date(START.getTime() + seconds * 1000)

type SpanDraft = Partial<StoredSpan> & { spanId: string }

/** A stored span of trace `t-1`, workflow `claims`, item `claim-1`, one second long, that says nothing else. */
export function buildSpan(draft: SpanDraft): StoredSpan {
  const startedAt = draft.startedAt ?? START
  return {
    traceId: 't-1',
    parentId: null,
    kind: 'llm',
    name: draft.spanId,
    endedAt: new Date(startedAt.getTime() + 1000),
    status: 'ok',
    error: null,
    model: null,
    provider: null,
    responseId: null,
    usage: null,
    usageEstimated: false,
    usageAmbiguity: null,
    costUsd: null,
    retryOf: null,
    serviceTier: null,
    inputHash: null,
    documents: [],
    tool: null,
    decision: null,
    evaluations: [],
    attributes: {},
    context: { authority: 'docket', workflow: 'claims', workItemId: 'claim-1' },
    dialect: 'docket',
    synthetic: false,
    fullness: 1,
    contentHash: 'a',
    recordedAt: startedAt,
    ...draft,
    startedAt,
  }
}

/** Input and output tokens; cached, cache-write and reasoning ones unknown. */
export function tokens(inputTokens: number | null, outputTokens: number | null): NonNullable<Span['usage']> {
  return { inputTokens, outputTokens, cachedInputTokens: null, cacheWriteTokens: null, reasoningTokens: null }
}

/** Stores the copies as received on the day that each says, and marks their traces as changed then. */
export async function insertSpanCopies(db: Db, copies: readonly StoredSpan[]): Promise<void> {
  for (const { inputHash, fullness, contentHash, recordedAt, documents, ...span } of copies) {
    await ensureTracePartition(db, recordedAt.toISOString().slice(0, 10))
    const texts = spanTexts({ ...span, documents, input: inputHash, output: null })
    const prepared = { traceId: span.traceId, spanId: span.spanId, fullness, contentHash, ...texts }
    await db
      .transaction((tx) => insertTraceParts(tx, writeTraceParts([prepared]), recordedAt))
      .catch((error: unknown) => {
        // The very copy is there, and only the mark is new.
        if (!isUniqueViolation(error)) throw error
      })
    await db
      .insert(changedTraces)
      .values({ traceId: span.traceId, changedAt: recordedAt })
      .onConflictDoUpdate({ target: changedTraces.traceId, set: { changedAt: recordedAt } })
  }
}
