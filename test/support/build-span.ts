import type { Span } from '../../src/domain/span.ts'
import type { Db } from '../../src/store/client.ts'
import { ensureSpanPartition } from '../../src/store/queries/ensure-span-partition.ts'
import type { StoredSpan } from '../../src/store/queries/load-trace-spans.ts'
import { changedTraces, spans } from '../../src/store/schema/spans.ts'

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
  for (const { usage, inputHash, ...span } of copies) {
    const receivedDay = span.recordedAt.toISOString().slice(0, 10)
    await ensureSpanPartition(db, receivedDay)
    const row = { ...span, ...usage, input: inputHash, output: null, receivedDay }
    await db
      .insert(spans)
      .values(row)
      .onConflictDoUpdate({ target: [spans.traceId, spans.spanId, spans.receivedDay], set: row })
    await db
      .insert(changedTraces)
      .values({ traceId: span.traceId, changedAt: span.recordedAt })
      .onConflictDoUpdate({ target: changedTraces.traceId, set: { changedAt: span.recordedAt } })
  }
}
