import { hash } from 'node:crypto'
import { constants, type ZstdOptions, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { SpanCopy } from '../../domain/span-copy.ts'
import type { TokenUsage } from '../../domain/usage.ts'
import type { SpanTexts, StoredFacts, StoredPayload } from './span-texts.ts'
import type { FullSpan, StoredSpan } from './stored-span.ts'

/** A span ready to be stored. */
export interface PreparedSpan extends SpanCopy, SpanTexts {}

/** Spans of one trace that are stored together, as the database keeps them. */
export interface TracePart {
  traceId: string
  /** Equal for the same copies of the same spans. */
  part: string
  copies: readonly SpanCopy[]
  /** A list of StoredFacts with the weight of each copy, as compressed JSON. */
  spans: Buffer
  /** A list of StoredPayload beside it; null where no span has one. */
  payloads: Buffer | null
}

/** A part for each trace. Expects each (traceId, spanId) once. */
export function writeTraceParts(spans: readonly PreparedSpan[]): TracePart[] {
  return [...Map.groupBy(spans, (span) => span.traceId).values()].map(writeTracePart)
}

function writeTracePart(spans: readonly PreparedSpan[]): TracePart {
  const facts = spans.map(
    ({ facts, fullness, contentHash }) => `{"fullness":${fullness},"contentHash":"${contentHash}",${facts.slice(1)}`,
  )
  const payloads = spans.some((span) => span.payload !== null) ? spans.map((span) => span.payload ?? 'null') : null
  // Without the texts, which take many times more memory.
  const copies = spans.map(({ traceId, spanId, fullness, contentHash }) => ({ traceId, spanId, fullness, contentHash }))
  return sealPart(copies, facts, payloads)
}

/** The part with some of its copies alone; null where it has none of them. */
export function keepCopies(part: TracePart, isKept: (copy: SpanCopy) => boolean): TracePart | null {
  const places = [...part.copies.keys()].filter((place) => isKept(part.copies[place]!))
  if (places.length === 0) return null
  if (places.length === part.copies.length) return part
  const facts = readJson<object[]>(part.spans)
  const payloads = part.payloads && readJson<unknown[]>(part.payloads)
  const pick = (list: readonly unknown[]) => places.map((place) => JSON.stringify(list[place]))
  return sealPart(
    places.map((place) => part.copies[place]!),
    pick(facts),
    payloads && places.some((place) => payloads[place] !== null) ? pick(payloads) : null,
  )
}

function sealPart(
  copies: readonly SpanCopy[],
  facts: readonly string[],
  payloads: readonly string[] | null,
): TracePart {
  const weighed = JSON.stringify(copies.map(({ spanId, fullness, contentHash }) => [spanId, fullness, contentHash]))
  return {
    traceId: copies[0]!.traceId,
    part: hash('sha256', weighed, 'hex').slice(0, 32),
    copies,
    spans: compress(`[${facts.join(',')}]`),
    payloads: payloads && compress(`[${payloads.join(',')}]`),
  }
}

type WeighedFacts = StoredFacts & { fullness: number; contentHash: string }

/** Where the spans of a part came from. */
interface PartOrigin {
  traceId: string
  recordedAt: Date
}

export function readTracePart(spans: Uint8Array, origin: PartOrigin): StoredSpan[] {
  return readJson<WeighedFacts[]>(spans).map((facts) => storedSpan(facts, origin))
}

/** The same with inputs, outputs and the texts of documents. */
export function readFullTracePart(spans: Uint8Array, payloads: Uint8Array | null, origin: PartOrigin): FullSpan[] {
  const payload = payloads ? readJson<(StoredPayload | null)[]>(payloads) : []
  return readTracePart(spans, origin).map((span, index) => {
    const [input, output, contents] = payload[index] ?? [null, null, []]
    const documents = span.documents.map(({ characters, ...document }, place) => ({
      ...document,
      ...(characters !== undefined && { content: contents[place] ?? null }),
    }))
    return { ...span, documents, input, output }
  })
}

const NO_USAGE: TokenUsage = {
  inputTokens: null,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
}

function storedSpan(facts: WeighedFacts, { traceId, recordedAt }: PartOrigin): StoredSpan {
  return {
    traceId,
    spanId: facts.spanId,
    parentId: facts.parentId ?? null,
    kind: facts.kind ?? 'other',
    name: facts.name ?? '',
    startedAt: new Date(facts.startedAt),
    endedAt: facts.endedAt === undefined ? null : new Date(facts.endedAt),
    status: facts.status ?? 'unset',
    error: facts.error ?? null,
    model: facts.model ?? null,
    provider: facts.provider ?? null,
    responseId: facts.responseId ?? null,
    usage: facts.usage && Object.keys(facts.usage).length > 0 ? { ...NO_USAGE, ...facts.usage } : null,
    usageEstimated: facts.usageEstimated ?? false,
    usageAmbiguity: facts.usageAmbiguity ?? null,
    costUsd: facts.costUsd ?? null,
    retryOf: facts.retryOf ?? null,
    serviceTier: facts.serviceTier ?? null,
    inputHash: facts.inputHash ?? null,
    documents: facts.documents ?? [],
    tool: facts.tool ?? null,
    decision: facts.decision ?? null,
    evaluations: facts.evaluations ?? [],
    attributes: facts.attributes ?? {},
    context: facts.context!,
    dialect: facts.dialect ?? '',
    synthetic: facts.synthetic ?? false,
    fullness: facts.fullness,
    contentHash: facts.contentHash,
    recordedAt,
  }
}

/** The fastest level: on these texts the next ones take twice the time for no fewer bytes. */
const LEVEL = { [constants.ZSTD_c_compressionLevel]: 1 }

/** Told the length, zstd makes tables of that size only. The types do not know of it yet. */
interface CompressionOptions extends ZstdOptions {
  pledgedSrcSize: number
}

function compress(text: string): Buffer {
  const bytes = Buffer.from(text)
  // Most texts become a quarter or less, and fit one chunk.
  const chunkSize = Math.max(1024, bytes.length >> 2)
  const options: CompressionOptions = { params: LEVEL, pledgedSrcSize: bytes.length, chunkSize }
  return zstdCompressSync(bytes, options)
}

/** Parts made by the migration from spans in rows are JSON as it stands, which never begins like a compressed text. */
const ZSTD_MAGIC = 0xfd2fb528

function readJson<Value>(cell: Uint8Array): Value {
  const bytes = Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength)
  const isCompressed = bytes.length >= 4 && bytes.readUInt32LE(0) === ZSTD_MAGIC
  return JSON.parse((isCompressed ? zstdDecompressSync(bytes) : bytes).toString('utf8')) as Value
}
