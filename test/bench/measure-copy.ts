import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'
import { readSpan } from '../../src/ingest/dialects/read-span.ts'
import { decodeRequest } from '../../src/ingest/otlp/decode-request.ts'
import { prepareSpan } from '../../src/ingest/prepare-spans.ts'
import { type Database, openEmbedded } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { type SpanRow, spanRecord } from '../../src/store/queries/insert-spans.ts'

/** Rows a second of a plain COPY of the rows that these requests become, into a table with the columns and key of spans. */
export async function measureCopy(
  bodies: readonly Buffer[],
  target: { url: string } | { folder: string },
): Promise<number> {
  const rows = bodies.flatMap((body) => decodeRequest(body, 'protobuf').spans.map((raw) => prepareSpan(readSpan(raw))))
  const lines = rows.map(lineOf)
  const columns = [...Object.keys(spanRecord(rows[0]!)), 'received_day', 'recorded_at'].join(', ')
  const seconds =
    'url' in target ? await copyToServer(target.url, columns, lines) : await copyEmbedded(target.folder, columns, lines)
  return rows.length / seconds
}

const TABLE = 'bench_copy'
const CREATE = `drop table if exists ${TABLE}; create table ${TABLE} (like spans including all)`

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
    await migrateDatabase(database)
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

function lineOf(row: SpanRow): string {
  const values = [...Object.values(spanRecord(row)), '2026-11-20', '2026-11-20T12:00:00Z']
  return `${values.map(cell).join('\t')}\n`
}

/** A value in COPY's text format. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  const text =
    value instanceof Date ? value.toISOString() : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}
