import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { attributeChanges } from '../../src/attribution/attribute-changes.ts'
import { loadWorkItemFacts } from '../../src/attribution/load-touched-facts.ts'
import type { Database } from '../../src/store/client.ts'
import { putWorkflow } from '../../src/store/queries/put-workflow.ts'
import { outcomes, overrides } from '../../src/store/schema/events.ts'
import { changedWorkItems, runFacts, workItems } from '../../src/store/schema/facts.ts'
import { pendingMemory } from '../../src/store/schema/memory.ts'
import { changedTraces, traceParts } from '../../src/store/schema/spans.ts'
import { at, buildSpan, insertSpanCopies, tokens } from '../support/build-span.ts'
import { describeWithDatabase } from '../support/database.ts'

async function settle(database: Database): Promise<void> {
  while ((await attributeChanges(database, { clock: () => at(9000) })).remaining);
}

const november = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') }
const now = { asOf: new Date('2026-11-20T00:00:00Z'), knownAt: null }

const closedFacts = ({ db }: Database, standpoint = now as { asOf: Date; knownAt: Date | null }) =>
  loadWorkItemFacts(db, { workflow: 'claims', bounds: november, touched: 'closed', standpoint })

async function resolve({ db }: Database, seconds: number, status: 'resolved' | 'reopened' = 'resolved'): Promise<void> {
  const key = { workflow: 'claims', workItemId: 'claim-1' }
  const event = {
    id: `o-${seconds}`,
    status,
    valueMicros: 40_000_000,
    occurredAt: at(seconds),
    recordedAt: at(seconds),
  }
  await db.insert(outcomes).values({ ...key, ...event })
  await db
    .insert(changedWorkItems)
    .values({ ...key, changedAt: at(seconds) })
    .onConflictDoNothing()
}

const call = (spanId: string, seconds: number, traceId = 't-1') =>
  buildSpan({ spanId, traceId, startedAt: at(seconds), model: 'gpt-4.1', usage: tokens(1000, 100) })

describeWithDatabase('attributeChanges', (database) => {
  it('puts an outcome that a span states under the work item that another, later span names', async () => {
    const stating = buildSpan({
      ...{ spanId: 's1', startedAt: at(0), endedAt: at(5) },
      context: { authority: 'docket', workflow: 'claims', outcome: { status: 'resolved', value: 40 } },
    })
    await insertSpanCopies(database().db, [stating])
    await settle(database())
    expect(await database().db.select().from(outcomes)).toMatchObject([{ workflow: 'claims', workItemId: 't-1' }])
    const naming = buildSpan({
      ...{ spanId: 's2', startedAt: at(6) },
      context: { authority: 'docket', workItemId: 'claim-9' },
    })
    await insertSpanCopies(database().db, [naming])
    await settle(database())
    expect(await database().db.select().from(outcomes)).toMatchObject([
      { workflow: 'claims', workItemId: 'claim-9', status: 'resolved', valueMicros: 40_000_000, occurredAt: at(5) },
    ])
    expect((await closedFacts(database())).map((fact) => [fact.workItemId, fact.status])).toEqual([
      ['claim-9', 'resolved'],
    ])
  })

  it('gives an outcome the value that another span states, whichever comes first', async () => {
    const status = { authority: 'docket', workflow: 'claims', outcome: { status: 'resolved' } } as const
    const value = { authority: 'docket', outcome: { status: null, value: 40 } } as const
    for (const [traceId, order] of [
      ['t-1', [status, value]],
      ['t-2', [value, status]],
    ] as const) {
      for (const [index, context] of order.entries()) {
        await insertSpanCopies(database().db, [buildSpan({ spanId: `s${index}`, traceId, context })])
        await settle(database())
      }
    }
    expect(await database().db.select().from(outcomes).orderBy(outcomes.workItemId)).toMatchObject([
      { workItemId: 't-1', status: 'resolved', valueMicros: 40_000_000 },
      { workItemId: 't-2', status: 'resolved', valueMicros: 40_000_000 },
    ])
  })

  it('makes the outcome of a trace what its fullest copies state, whenever it looked before', async () => {
    const ended = buildSpan({ spanId: 's1', startedAt: at(0), endedAt: at(5) })
    const stating = (status: string, fullness: number) => ({
      ...ended,
      fullness,
      context: { ...ended.context, outcome: { status, value: 40 } },
    })
    for (const copy of [ended, stating('failed', 2), stating('resolved', 3)]) {
      await insertSpanCopies(database().db, [copy])
      await settle(database())
    }
    expect(await database().db.select().from(outcomes)).toMatchObject([
      { workItemId: 'claim-1', status: 'resolved', occurredAt: at(5), valueMicros: 40_000_000 },
    ])
    expect((await closedFacts(database())).map((fact) => fact.status)).toEqual(['resolved'])
  })

  it('keeps an outcome whose span retention has dropped', async () => {
    const stating = buildSpan({ spanId: 's1', startedAt: at(0), endedAt: at(5), kind: 'step' })
    const context = { ...stating.context, outcome: { status: 'resolved' } }
    await insertSpanCopies(database().db, [{ ...stating, context }])
    await settle(database())
    await database().db.delete(traceParts)
    await insertSpanCopies(database().db, [{ ...call('s2', 10), recordedAt: at(200_000) }])
    await settle(database())
    expect(await database().db.select().from(outcomes)).toMatchObject([{ workItemId: 'claim-1', status: 'resolved' }])
  })

  it('turns spans, outcomes and overrides into the cost of a work item', async () => {
    await insertSpanCopies(database().db, [call('s1', 0), call('s2', 10), call('s3', 100, 't-2')])
    await putWorkflow(database().db, 'claims', { unit: 'claim', correctionHourlyRate: 45 }, at(0))
    const key = { workflow: 'claims', workItemId: 'claim-1' }
    await database()
      .db.insert(overrides)
      .values({
        ...key,
        id: 'v-1',
        agentDecision: 'deny',
        humanDecision: 'approve',
        reason: 'the policy covers it',
        actor: 'dana',
        minutes: 12,
        occurredAt: at(200),
        recordedAt: at(201),
      })
    await resolve(database(), 300)
    await settle(database())
    const [fact] = await closedFacts(database())
    // A gpt-4.1 call of 1000 in and 100 out: 1000 × $2/M + 100 × $8/M = $0.0028. Three calls: $0.0084.
    // Correction: 12 min at $45/h = $9. Total $9.0084.
    expect(fact).toMatchObject({
      workflow: 'claims',
      workItemId: 'claim-1',
      status: 'resolved',
      attempts: 2,
      runsMicros: 8_400,
      toolsMicros: null,
      correctionsMicros: 9_000_000,
      totalMicros: 9_008_400,
      pricedCalls: 3,
      unpricedCalls: 0,
      firstTry: false,
      closedAt: at(300),
      valueMicros: 40_000_000,
    })
    expect(fact!.runs.map((run) => [run.traceId, run.attempt, run.attemptInferred])).toEqual([
      ['t-1', 1, true],
      ['t-2', 2, true],
    ])
    const [row] = await database().db.select().from(workItems)
    expect(row).toMatchObject({ status: 'resolved', totalMicros: 9_008_400, attempts: 2, corrections: 1 })
    expect(await database().db.select().from(changedTraces)).toEqual([])
    expect(await database().db.select().from(changedWorkItems)).toEqual([])
    const pending = await database().db.select().from(pendingMemory)
    expect(pending.map((source) => source.sourceId).sort()).toEqual(['t-1', 't-2'])
  })

  it('keeps what was known before a late span', async () => {
    await insertSpanCopies(database().db, [call('s1', 0)])
    await resolve(database(), 20)
    await settle(database())
    await insertSpanCopies(database().db, [{ ...call('s2', 5), recordedAt: at(500) }])
    await settle(database())
    const [before] = await closedFacts(database(), { asOf: now.asOf, knownAt: at(499) })
    const [after] = await closedFacts(database())
    expect([before?.runsMicros, after?.runsMicros]).toEqual([2_800, 5_600])
    expect(await database().db.select().from(runFacts)).toHaveLength(2)
    await insertSpanCopies(database().db, [call('s1', 0)])
    await settle(database())
    expect(await database().db.select().from(runFacts)).toHaveLength(2)
  })

  it('knows what was known between two requests that it saw at once', async () => {
    const late = [
      { ...call('s2', 5), recordedAt: at(500) },
      { ...call('s3', 6), recordedAt: at(700) },
    ]
    await insertSpanCopies(database().db, [call('s1', 0), ...late])
    await resolve(database(), 20)
    await settle(database())
    const knownAt = async (seconds: number) => {
      const [fact] = await closedFacts(database(), { asOf: now.asOf, knownAt: at(seconds) })
      return fact?.runsMicros
    }
    expect([await knownAt(499), await knownAt(500), await knownAt(699), await knownAt(700)]).toEqual([
      2_800, 5_600, 5_600, 8_400,
    ])
    const rows = await database().db.select().from(runFacts)
    expect(rows.filter((row) => row.knownUntil === null)).toHaveLength(1)
  })

  it('projects both items again when a late span names another one', async () => {
    const context = { authority: 'service' as const, workflow: 'claims', workItemId: 'session-9' }
    await insertSpanCopies(database().db, [{ ...call('s1', 0), context }])
    await settle(database())
    expect((await database().db.select().from(workItems)).map((item) => item.workItemId)).toEqual(['session-9'])
    await insertSpanCopies(database().db, [call('s2', 5)])
    await settle(database())
    expect((await database().db.select().from(workItems)).map((item) => item.workItemId)).toEqual(['claim-1'])
  })

  it('an item that was reopened is no longer closed, but was as of the day before', async () => {
    await insertSpanCopies(database().db, [call('s1', 0)])
    await resolve(database(), 100)
    await resolve(database(), 200, 'reopened')
    await settle(database())
    expect(await closedFacts(database())).toEqual([])
    const [before] = await closedFacts(database(), { asOf: at(150), knownAt: null })
    expect(before).toMatchObject({ status: 'resolved', reopened: false, firstTry: true })
  })

  it('reports a bad trace, keeps it marked, and finishes the others', async () => {
    await insertSpanCopies(database().db, [call('s1', 0, 't-bad'), call('s2', 5, 't-good')])
    const damaged = { spans: Buffer.from('no spans') }
    await database().db.update(traceParts).set(damaged).where(eq(traceParts.traceId, 't-bad'))
    const batch = await attributeChanges(database(), { clock: () => at(9000) })
    expect(batch).toMatchObject({ traces: 1, workItems: 1, remaining: false })
    expect(batch.failed).toEqual([{ traceId: 't-bad', message: expect.stringContaining('is not valid JSON') }])
    const waiting = await database().db.select().from(changedTraces)
    expect(waiting).toEqual([{ traceId: 't-bad', changedAt: at(9000) }])
    expect((await database().db.select().from(runFacts)).map((fact) => fact.traceId)).toEqual(['t-good'])
  })
  it('reports a work item that cannot be written, and finishes the others', async () => {
    await putWorkflow(database().db, 'claims', { unit: 'claim', correctionHourlyRate: 1e300 }, at(0))
    const other = { authority: 'docket' as const, workflow: 'tickets', workItemId: 'ticket-1' }
    await insertSpanCopies(database().db, [call('s1', 0), { ...call('s2', 1, 't-2'), context: other }])
    const correction = { agentDecision: 'a', humanDecision: 'b', reason: 'c', actor: 'dana', minutes: 1 }
    const key = { workflow: 'claims', workItemId: 'claim-1' }
    await database()
      .db.insert(overrides)
      .values({ ...key, ...correction, id: 'v', occurredAt: at(1), recordedAt: at(1) })
    const batch = await attributeChanges(database(), { clock: () => at(9000) })
    expect(batch).toMatchObject({ traces: 2, workItems: 1, failed: [], failedWorkItems: [key], remaining: false })
    expect((await database().db.select().from(workItems)).map((item) => item.workItemId)).toEqual(['ticket-1'])
    expect(await database().db.select().from(changedWorkItems)).toMatchObject([key])
  })
})
