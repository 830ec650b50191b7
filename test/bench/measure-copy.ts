import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'
import { quantileOfSorted } from '../../src/analysis/why/statistics.ts'
import { readSpan } from '../../src/ingest/dialects/read-span.ts'
import { decodeRequest } from '../../src/ingest/otlp/decode-request.ts'
import { prepareSpan } from '../../src/ingest/prepare-spans.ts'
import { redactSpan } from '../../src/ingest/redact-span.ts'
import { type Database, openEmbedded } from '../../src/store/client.ts'
import { SPAN_COLUMNS, SPAN_TABLE, spanCells } from '../support/span-cells.ts'

/**
 * Rows a second of a plain COPY of the spans that these requests become, redacted and cut as they are stored, a row and a
 * column for each of what they say, with their key: what a writer without Docket's parts, checks and marks would do.
 */
export async function measureCopy(
  bodies: readonly Buffer[],
  target: { url: string } | { folder: string },
): Promise<number> {
  const end = '\t2026-11-20\t2026-11-20T12:00:00Z\n'
  const lines = bodies.flatMap((body) =>
    [...decodeRequest(body, 'protobuf').spans].map((raw) => {
      const span = readSpan(raw)
      const { fullness, contentHash } = prepareSpan(span)
      return `${spanCells(redactSpan(span))}\t${fullness}\t${contentHash}${end}`
    }),
  )
  const columns = [...SPAN_COLUMNS, 'fullness', 'content_hash', 'received_day', 'recorded_at'].join(', ')
  const seconds: number[] = []
  for (let time = 0; time < TIMES; time++) {
    seconds.push(
      'url' in target
        ? await copyToServer(target.url, columns, lines)
        : await copyEmbedded(target.folder, columns, lines),
    )
  }
  return lines.length / quantileOfSorted(Float64Array.from(seconds).sort(), 0.5)
}

/** The middle one counts: a COPY of a second may meet a checkpoint, or not. */
const TIMES = 3
const TABLE = 'bench_copy'
const CREATE = `drop table if exists ${TABLE}; create table ${TABLE} ${SPAN_TABLE}`

async function copyToServer(url: string, columns: string, lines: string[]): Promise<number> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await client.unsafe(CREATE)
    const startedAt = performance.now()
    const sink = await client.unsafe(`copy ${TABLE} (${columns}) from stdin`).writable()
    await pipeline(Readable.from(batched(lines)), sink)
    return (performance.now() - startedAt) / 1000
  } finally {
    await client.unsafe(`drop table if exists ${TABLE}`)
    await client.end()
  }
}

async function copyEmbedded(folder: string, columns: string, lines: string[]): Promise<number> {
  const database: Database = await openEmbedded(folder)
  try {
    await database.embedded!.exec(CREATE)
    const startedAt = performance.now()
    await database.embedded!.query(`copy ${TABLE} (${columns}) from '/dev/blob'`, [], { blob: new Blob(lines) })
    return (performance.now() - startedAt) / 1000
  } finally {
    await database.close()
  }
}

function* batched(lines: string[]): Generator<string> {
  for (let start = 0; start < lines.length; start += 500) yield lines.slice(start, start + 500).join('')
}
