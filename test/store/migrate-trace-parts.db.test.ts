import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { Span } from '../../src/domain/span.ts'
import { prepareSpan } from '../../src/ingest/prepare-spans.ts'
import { redactSpan } from '../../src/ingest/redact-span.ts'
import { copyLines } from '../../src/store/copy-lines.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { ensureTracePartition } from '../../src/store/queries/ensure-trace-partition.ts'
import { insertTraceParts } from '../../src/store/queries/insert-trace-parts.ts'
import { loadTraceSpans } from '../../src/store/queries/load-trace-spans.ts'
import { writeTraceParts } from '../../src/store/queries/trace-part.ts'
import { buildSpan, tokens } from '../support/build-span.ts'
import { describeWithDatabase } from '../support/database.ts'
import { migrateTo, openEmpty } from '../support/empty-database.ts'
import { SPAN_COLUMNS, spanCells } from '../support/span-cells.ts'
import { storedCopies } from '../support/stored-spans.ts'

const MORNING = new Date('2026-11-20T09:00:00.123Z')
const EVENING = new Date('2026-11-20T21:00:00Z')
const NEXT_DAY = new Date('2026-11-21T09:00:00Z')

const span = (fields: Partial<Span> & { spanId: string }): Span => {
  const { inputHash, fullness, contentHash, recordedAt, ...bare } = buildSpan({ spanId: fields.spanId })
  return { ...bare, documents: [], input: null, output: null, ...fields }
}

const bare = span({ spanId: 'bare', endedAt: null, status: 'unset', attributes: {} })
const full = span({
  spanId: 'full',
  parentId: 'bare',
  error: 'a\tb\nc\\d "e"',
  model: 'gpt-4.1',
  usage: tokens(900, 40),
  usageEstimated: true,
  costUsd: 0.1234567,
  input: 'Größe \u{1F4C4} of the\nroof',
  output: '',
  documents: [
    { id: 'd1', title: 'Terms', score: 0.5, used: true, content: 'hail \u{1F9CA}' },
    { id: 'd2', content: null },
  ],
  tool: { name: 'look_up', arguments: { a: null, b: [1, 'x'] }, result: 'none' },
  decision: { choice: 'deny', alternatives: ['approve'], rules: ['r1'] },
  evaluations: [{ name: 'quality', score: 1 }],
  attributes: { 'k.1': 1e21, k: [true, null] },
  synthetic: true,
})
/** What was recorded when: two spans together, a fuller copy in the evening, another trace, and a copy on the next day. */
const RECORDED: [Date, Span[]][] = [
  [MORNING, [bare, full]],
  [EVENING, [{ ...bare, endedAt: new Date(bare.startedAt.getTime() + 5), traceId: 't-2' }]],
  [NEXT_DAY, [{ ...full, input: 'more than before, and more than that' }]],
]

describeWithDatabase('migration 0013', (database) => {
  it('makes parts of spans in rows, which say the same', async () => {
    const old = await openEmpty(database())
    try {
      await migrateTo(old, 13)
      for (const day of ['20', '21']) {
        await old.db.execute(
          sql.raw(`create table spans_202611${day} partition of spans
          for values from ('2026-11-${day}') to ('2026-11-${Number(day) + 1}')`),
        )
      }
      const columns = [...SPAN_COLUMNS, 'fullness', 'content_hash', 'received_day', 'recorded_at'].join(', ')
      for (const [recordedAt, spans] of RECORDED) {
        const time = recordedAt.toISOString()
        const lines = spans.map((one) => {
          const { fullness, contentHash } = prepareSpan(one)
          return `${spanCells(redactSpan(one))}\t${fullness}\t${contentHash}\t${time.slice(0, 10)}\t${time}\n`
        })
        await old.db.transaction((tx) => copyLines(tx, `spans (${columns})`, lines))
      }
      await migrateDatabase(old)
      const { db } = database()
      for (const [recordedAt, spans] of RECORDED) {
        await ensureTracePartition(db, recordedAt.toISOString().slice(0, 10))
        const prepared = spans.map((one) => prepareSpan(one))
        await db.transaction((tx) => insertTraceParts(tx, writeTraceParts(prepared), recordedAt))
      }
      const written = await storedCopies(db)
      expect(written).toHaveLength(4)
      expect(await storedCopies(old.db)).toEqual(written)
      const byKey = (a: { spanId: string; recordedAt: Date }, b: typeof a) =>
        a.spanId.localeCompare(b.spanId) || a.recordedAt.getTime() - b.recordedAt.getTime()
      expect((await loadTraceSpans(old.db, ['t-1', 't-2'])).sort(byKey)).toEqual(
        (await loadTraceSpans(db, ['t-1', 't-2'])).sort(byKey),
      )
      // The day's partition is there, so that what comes next is stored beside it.
      await ensureTracePartition(old.db, '2026-11-21')
      await old.db.transaction((tx) => insertTraceParts(tx, writeTraceParts([prepareSpan(full)]), NEXT_DAY))
      expect(await storedCopies(old.db)).toHaveLength(5)
    } finally {
      await old.close()
    }
  })
})
