import { asc } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { attributeChanges } from '../../src/attribution/attribute-changes.ts'
import { loadWorkItemFacts } from '../../src/attribution/load-touched-facts.ts'
import type { Database } from '../../src/store/client.ts'
import { markChangedWorkItems } from '../../src/store/queries/mark-changes.ts'
import type { StoredSpan } from '../../src/store/queries/stored-span.ts'
import { outcomes, overrides } from '../../src/store/schema/events.ts'
import { changedWorkItems, runFacts, workItems } from '../../src/store/schema/facts.ts'
import { changedTraces, traceParts } from '../../src/store/schema/spans.ts'
import { anySpans } from '../support/any-spans.ts'
import { at, buildSpan, insertSpanCopies, tokens } from '../support/build-span.ts'
import { describeWithDatabase } from '../support/database.ts'

const limits = (batch: number) => ({ traces: batch, workItems: batch, clock: () => at(9000) })

async function drain(database: Pick<Database, 'db'>, batch: number): Promise<void> {
  while ((await attributeChanges(database, limits(batch))).remaining);
}

/** Everything that attribution says, without when it came to know it. */
async function readFacts({ db }: Database): Promise<unknown> {
  const rows = await db.select().from(workItems).orderBy(asc(workItems.workflow), asc(workItems.workItemId))
  const facts = await loadWorkItemFacts(db, {
    bounds: { from: at(-86_400), to: at(86_400) },
    touched: 'active',
    standpoint: { asOf: at(86_400), knownAt: null },
  })
  const runs = facts.map((fact) => ({ ...fact, runs: fact.runs.map((run) => ({ ...run, knownFrom: null })) }))
  return { rows, runs }
}

async function emptyAll({ db }: Database): Promise<void> {
  for (const table of [traceParts, outcomes, overrides, runFacts, workItems, changedTraces, changedWorkItems]) {
    await db.delete(table)
  }
}

type Event = { kind: 'span'; span: StoredSpan } | { kind: 'outcome'; seconds: number; status: 'resolved' | 'reopened' }

async function send({ db }: Database, event: Event, recorded: number): Promise<void> {
  if (event.kind === 'span') return insertSpanCopies(db, [{ ...event.span, recordedAt: at(recorded) }])
  const item = { workflow: 'claims', workItemId: 'claim-1' }
  const row = { ...item, id: `o-${event.seconds}`, status: event.status, occurredAt: at(event.seconds) }
  await db
    .insert(outcomes)
    .values({ ...row, recordedAt: at(100) })
    .onConflictDoNothing()
  await markChangedWorkItems(db, [item], at(recorded))
}

describeWithDatabase('attribution', (database) => {
  it('gives the same facts for any order, batching and repetition of spans and outcomes', async () => {
    const anyEvents = anySpans.chain((drawn) => {
      const events: Event[] = [
        ...drawn.map((span, index) => ({ kind: 'span' as const, span: { ...span, traceId: `t-${index % 2}` } })),
        { kind: 'outcome', seconds: 50, status: 'resolved' },
        { kind: 'outcome', seconds: 60, status: 'reopened' },
      ]
      const again = fc.shuffledSubarray([...events, ...events.slice(0, 3)], { minLength: events.length + 3 })
      return fc.tuple(fc.constant(events), again, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }))
    })
    await fc.assert(
      fc.asyncProperty(anyEvents, async ([events, again, pauses]) => {
        await emptyAll(database())
        for (const event of events) await send(database(), event, 1)
        await drain(database(), 100)
        const expected = await readFacts(database())
        await emptyAll(database())
        for (const [index, event] of again.entries()) {
          await send(database(), event, 1 + index)
          if (pauses[index]) await drain(database(), 1)
        }
        await drain(database(), 3)
        expect(await readFacts(database())).toEqual(expected)
        expect(await database().db.select().from(changedTraces)).toEqual([])
        expect(await database().db.select().from(changedWorkItems)).toEqual([])
      }),
      { numRuns: 6 },
    )
  }, 240_000)

  it('does the work once with several workers', async () => {
    const copies = Array.from({ length: 60 }, (_, index) =>
      buildSpan({
        traceId: `t-${index}`,
        spanId: 's',
        startedAt: at(index),
        model: 'gpt-4.1',
        usage: tokens(1000, 100),
        context: { authority: 'docket', workflow: 'claims', workItemId: `claim-${index % 7}` },
      }),
    )
    await insertSpanCopies(database().db, copies)
    await Promise.all([5, 7, 11].map((batch) => drain(database(), batch)))
    await drain(database(), 100)
    expect(await database().db.select().from(runFacts)).toHaveLength(60)
    const rows = await database().db.select().from(workItems)
    expect(rows.reduce((sum, row) => sum + row.totalMicros, 0)).toBe(60 * 2_800)
    expect(rows.reduce((sum, row) => sum + row.attempts, 0)).toBe(60)
  })

  it('loses nothing where a worker dies in the middle of a batch', async () => {
    await insertSpanCopies(database().db, [buildSpan({ spanId: 's', model: 'gpt-4.1', usage: tokens(1000, 100) })])
    const dying = Object.create(database().db) as Database['db']
    dying.transaction = (work) =>
      database().db.transaction(async (tx) => {
        await work(tx)
        throw new Error('killed before the commit')
      })
    await expect(attributeChanges({ db: dying }, limits(10))).rejects.toThrow('killed')
    expect(await database().db.select().from(runFacts)).toEqual([])
    expect(await database().db.select().from(changedTraces)).toHaveLength(1)
    await drain(database(), 10)
    expect(await database().db.select().from(workItems)).toMatchObject([{ totalMicros: 2_800 }])
  })
})
