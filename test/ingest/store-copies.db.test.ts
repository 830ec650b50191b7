import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readExport } from '../../src/ingest/otlp/read-export.ts'
import { membersOf } from '../../src/ingest/read-members.ts'
import { receiveExport } from '../../src/ingest/receive-export.ts'
import { receiveTraces } from '../../src/ingest/receive-traces.ts'
import { recordOverride } from '../../src/ingest/record-override.ts'
import { auditEntries } from '../../src/store/schema/decisions.ts'
import { outcomes, overrides } from '../../src/store/schema/events.ts'
import { changedTraces } from '../../src/store/schema/spans.ts'
import { describeWithDatabase } from '../support/database.ts'
import { storedCopies, storedSpans } from '../support/stored-spans.ts'

const context = { now: new Date('2026-11-20T12:00:00Z'), source: 'test' }
const TRACE_ID = '5b8efff798038103d269b633813fc60c'

/** Copies of three spans, each sent empty at first, then with more and more known, and two that say as much as each other. */
const COPIES = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb', 'cccccccccccccccc'].flatMap((spanId) =>
  [[], ['x'], ['x', 'y'], ['x', 'z']].map((values) => ({
    traceId: TRACE_ID,
    spanId,
    name: 'chat',
    startTimeUnixNano: '1763370723000000000',
    attributes: values.map((value, index) => ({ key: `k${index}`, value: { stringValue: value } })),
  })),
)

describeWithDatabase('copies', (database) => {
  it('of spans end up the same in any order, batching and number of repeats', async () => {
    const { db } = database()
    const stored = async () => (await storedSpans(db)).map((row) => [row.spanId, row.attributes, row.contentHash])
    let first: unknown
    const batches = fc
      .shuffledSubarray([...COPIES, ...COPIES], { minLength: COPIES.length * 2 })
      .chain((list) => fc.tuple(fc.constant(list), fc.integer({ min: 1, max: 8 })))
    await fc.assert(
      fc.asyncProperty(batches, async ([list, size]) => {
        await db.execute(sql`truncate trace_parts, changed_traces`)
        for (let start = 0; start < list.length; start += size) {
          const request = { resourceSpans: [{ scopeSpans: [{ spans: list.slice(start, start + size) }] }] }
          await receiveExport(db, readExport(request), context)
        }
        first ??= await stored()
        expect(await stored()).toEqual(first)
        expect(await db.select().from(changedTraces)).toHaveLength(1)
      }),
      { numRuns: 15 },
    )
    expect(first).toHaveLength(3)
  })

  it('of a native trace sent by many at once are stored once', async () => {
    const { db } = database()
    const trace = {
      traceId: 't-1',
      workflow: 'claims',
      startedAt: '2026-11-17T09:00:00Z',
      steps: [{ kind: 'llm' }, { kind: 'tool' }],
      outcome: { status: 'resolved' },
    }
    const receipts = await Promise.all(Array.from({ length: 6 }, () => receiveTraces(db, membersOf([trace]), context)))
    expect(receipts.reduce((sum, receipt) => sum + receipt.accepted, 0)).toBe(1)
    expect(receipts.reduce((sum, receipt) => sum + receipt.duplicates, 0)).toBe(5)
    expect(await storedCopies(db)).toHaveLength(3)
    expect(await db.select().from(outcomes)).toHaveLength(1)
  })

  it('of an override give the stored one back, with one audit entry', async () => {
    const { db } = database()
    const input = {
      workflow: 'claims',
      workItemId: 'c-1',
      agentDecision: 'deny',
      humanDecision: 'approve',
      reason: 'ann@example.com knows \u0000',
      actor: 'U1',
      occurredAt: new Date('2026-11-17T10:00:00Z'),
    }
    const first = await recordOverride(db, input, context.now)
    const again = await recordOverride(db, input, new Date('2026-11-21T12:00:00Z'))
    expect([first.duplicate, again.duplicate]).toEqual([false, true])
    expect(again.override).toEqual(first.override)
    expect(first.override.reason).toBe('[email] knows \uFFFD')
    expect(await db.select().from(overrides)).toHaveLength(1)
    expect(await db.select().from(auditEntries)).toMatchObject([{ kind: 'override', subjectId: first.override.id }])
  })
})
