import { and, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { RetrievedDocument, Span } from '../../domain/span.ts'
import type { TokenUsage } from '../../domain/usage.ts'
import type { Db } from '../client.ts'
import { spans } from '../schema/spans.ts'

/**
 * A span as attribution reads it: payloads stay in the database, the input as a hash that tells equal inputs. One span
 * may come in several copies, received on different days.
 */
export interface StoredSpan extends Omit<Span, 'input' | 'output' | 'documents'> {
  documents: StoredDocument[]
  /** MD5 of the input text; null where there is none. */
  inputHash: string | null
  fullness: number
  contentHash: string
  recordedAt: Date
}

/** As that of a stored span: of the content only its length is read, in characters. */
export type StoredDocument = Omit<RetrievedDocument, 'content'> & { characters?: number | null }

const documentsWithoutContent: SQL<StoredDocument[]> = sql<StoredDocument[]>`
  coalesce((select jsonb_agg(document - 'content'
    || jsonb_strip_nulls(jsonb_build_object('characters', char_length(document ->> 'content'))))
    from jsonb_array_elements(${spans.documents}) as document), '[]')`

const spanColumns = {
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
  usage: {
    inputTokens: spans.inputTokens,
    cachedInputTokens: spans.cachedInputTokens,
    cacheWriteTokens: spans.cacheWriteTokens,
    outputTokens: spans.outputTokens,
    reasoningTokens: spans.reasoningTokens,
  },
  usageEstimated: spans.usageEstimated,
  usageAmbiguity: spans.usageAmbiguity,
  costUsd: spans.costUsd,
  retryOf: spans.retryOf,
  serviceTier: spans.serviceTier,
  inputHash: sql<string | null>`md5(${spans.input})`,
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
}

/** A span with its payloads, as a page shows it. */
export interface FullSpan extends Omit<StoredSpan, 'documents'> {
  documents: RetrievedDocument[]
  input: string | null
  output: string | null
}

/** Every copy of every span of the traces, in no particular order. */
export async function loadTraceSpans(db: Db, traceIds: readonly string[]): Promise<StoredSpan[]> {
  if (traceIds.length === 0) return []
  const columns = { ...spanColumns, documents: documentsWithoutContent }
  const rows = await db
    .select(columns)
    .from(spans)
    .where(inArray(spans.traceId, [...traceIds]))
  return rows.map(toStoredSpan)
}

/** The same with inputs, outputs and the texts of documents, as far as they had been recorded by `knownAt`. */
export async function loadFullTraceSpans(
  db: Db,
  traceIds: readonly string[],
  knownAt: Date | null,
): Promise<FullSpan[]> {
  if (traceIds.length === 0) return []
  const columns = { ...spanColumns, documents: spans.documents, input: spans.input, output: spans.output }
  const rows = await db
    .select(columns)
    .from(spans)
    .where(and(inArray(spans.traceId, [...traceIds]), knownAt ? lte(spans.recordedAt, knownAt) : undefined))
  return rows.map(toStoredSpan)
}

/** In place: there are tens of thousands of them, and a copy of each would cost as much as reading it. */
function toStoredSpan<Row extends { usage: TokenUsage }>(row: Row): Omit<Row, 'usage'> & Pick<StoredSpan, 'usage'> {
  const span: Omit<Row, 'usage'> & Pick<StoredSpan, 'usage'> = row
  if (Object.values(row.usage).every((tokens) => tokens === null)) span.usage = null
  return span
}
