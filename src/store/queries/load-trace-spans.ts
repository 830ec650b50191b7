import { inArray, type SQL, sql } from 'drizzle-orm'
import type { RetrievedDocument, Span } from '../../domain/span.ts'
import type { Db } from '../client.ts'
import { spans } from '../schema/spans.ts'

/**
 * A span as attribution reads it: payloads stay in the database, the input as a hash that tells equal inputs. One span
 * may come in several copies, received on different days.
 */
export interface StoredSpan extends Omit<Span, 'input' | 'output'> {
  /** MD5 of the input text; null where there is none. */
  inputHash: string | null
  fullness: number
  contentHash: string
  recordedAt: Date
}

const documentsWithoutContent: SQL<RetrievedDocument[]> = sql<RetrievedDocument[]>`
  coalesce((select jsonb_agg(document - 'content') from jsonb_array_elements(${spans.documents}) as document), '[]')`

/** Every copy of every span of the traces, in no particular order. `withContent`: documents carry their text too. */
export async function loadTraceSpans(
  db: Db,
  traceIds: readonly string[],
  options: { withContent?: boolean } = {},
): Promise<StoredSpan[]> {
  if (traceIds.length === 0) return []
  const rows = await db
    .select({
      traceId: spans.traceId,
      spanId: spans.spanId,
      parentId: spans.parentId,
      kind: spans.kind,
      name: spans.name,
      startedAt: spans.startedAt,
      endedAt: spans.endedAt,
      status: spans.status,
      error: spans.error,
      model: spans.model,
      provider: spans.provider,
      responseId: spans.responseId,
      inputTokens: spans.inputTokens,
      cachedInputTokens: spans.cachedInputTokens,
      cacheWriteTokens: spans.cacheWriteTokens,
      outputTokens: spans.outputTokens,
      reasoningTokens: spans.reasoningTokens,
      usageEstimated: spans.usageEstimated,
      usageAmbiguity: spans.usageAmbiguity,
      costUsd: spans.costUsd,
      retryOf: spans.retryOf,
      serviceTier: spans.serviceTier,
      inputHash: sql<string | null>`md5(${spans.input})`,
      documents: options.withContent ? spans.documents : documentsWithoutContent,
      tool: spans.tool,
      decision: spans.decision,
      evaluations: spans.evaluations,
      attributes: spans.attributes,
      context: spans.context,
      dialect: spans.dialect,
      synthetic: spans.synthetic,
      fullness: spans.fullness,
      contentHash: spans.contentHash,
      recordedAt: spans.recordedAt,
    })
    .from(spans)
    .where(inArray(spans.traceId, [...traceIds]))
  return rows.map(toStoredSpan)
}

interface UsageColumns {
  inputTokens: number | null
  cachedInputTokens: number | null
  cacheWriteTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
}

function toStoredSpan(row: Omit<StoredSpan, 'usage'> & UsageColumns): StoredSpan {
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens, ...span } = row
  const usage = { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens }
  const known = Object.values(usage).some((tokens) => tokens !== null)
  return { ...span, usage: known ? usage : null }
}
