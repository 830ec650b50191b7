import { expect, it } from 'vitest'
import { findPrecedents } from '../../src/memory/find-precedents.ts'
import { indexPending } from '../../src/memory/index-pending.ts'
import { markPendingMemory } from '../../src/store/queries/mark-changes.ts'
import { outcomes } from '../../src/store/schema/events.ts'
import { runFacts } from '../../src/store/schema/facts.ts'
import { describeWithDatabase } from '../support/database.ts'
import { outcomeWith, overrideWith, runFactWith, storeOverrides } from '../support/memory-sources.ts'

const home = { policyType: 'home', exceptionDocs: true }
const day = (date: number) => new Date(Date.UTC(2026, 10, date))

describeWithDatabase('findPrecedents', (database) => {
  const store = async () => {
    const { db } = database()
    const runs = [
      runFactWith({ traceId: 't-1', workItemId: 'claim-1', workItemAttributes: home, decision: 'deny' }),
      runFactWith({ traceId: 't-2', workItemId: 'claim-2', workItemAttributes: home, decision: 'deny' }),
      runFactWith({
        traceId: 't-3',
        workItemId: 'claim-3',
        workItemAttributes: { policyType: 'car' },
        decision: 'approve',
      }),
      runFactWith({ traceId: 't-4', workItemId: 'claim-4', workItemAttributes: home, decision: 'deny' }),
    ]
    await db.insert(runFacts).values(runs)
    await db
      .insert(outcomes)
      .values(outcomeWith({ id: 'x', workItemId: 'claim-1', status: 'resolved', occurredAt: day(18) }))
    await storeOverrides(db, [
      overrideWith({ id: 'o-1', workItemId: 'claim-1', traceId: 't-1', occurredAt: day(17), recordedAt: day(17) }),
      overrideWith({ id: 'o-2', workItemId: 'claim-2', humanDecision: 'refer', reason: 'rider lapsed', actor: 'Kim' }),
    ])
    await markPendingMemory(
      db,
      runs.map((run) => ({ kind: 'run', workflow: 'claims', sourceId: run.traceId })),
      day(17),
    )
    await indexPending(database(), null)
  }

  it('finds for a work item what people decided in like cases, why, and what came of it', async () => {
    await store()
    const report = await findPrecedents(database().db, { workflow: 'claims', workItemId: 'claim-4', limit: 3 })
    expect(report.agreement).toBe('contradict')
    expect(report.precedents).toHaveLength(3)
    const first = report.precedents.find((precedent) => precedent.id === 'override:claims:o-1')
    expect(first).toMatchObject({
      proposed: 'deny',
      decided: 'approve',
      why: 'hail rider applies',
      rule: 'HR-12',
      decidedBy: 'Dana',
      outcome: 'resolved',
      contradictedBy: ['override:claims:o-2'],
    })
    expect(report.precedents.map((precedent) => precedent.workItemId)).toEqual(expect.not.arrayContaining(['claim-4']))
    expect(report.precedents.map((precedent) => precedent.kind)).toEqual(['override', 'override', 'run'])
  })

  it('finds for a segment and for a situation in words, and only what was known', async () => {
    await store()
    const { db } = database()
    const cars = await findPrecedents(db, { workflow: 'claims', segment: { policyType: 'car' }, limit: 5 })
    expect(cars.precedents.map((precedent) => precedent.workItemId)).toEqual(['claim-3'])
    const lapsed = await findPrecedents(db, { situation: 'the rider had lapsed', limit: 1 })
    expect(lapsed.precedents[0]).toMatchObject({ decided: 'refer', decidedBy: 'Kim' })
    const early = await findPrecedents(db, { situation: 'hail rider', knownAt: day(11), limit: 5 })
    expect(early.precedents.map((precedent) => precedent.id)).toEqual(['override:claims:o-2'])
  })

  it('says what is missing', async () => {
    const { db } = database()
    await expect(findPrecedents(db, { limit: 3 })).rejects.toMatchObject({ code: 'nothing_sought' })
    await expect(findPrecedents(db, { workItemId: 'x', limit: 3 })).rejects.toMatchObject({ code: 'workflow_missing' })
    await expect(findPrecedents(db, { workflow: 'claims', workItemId: 'x', limit: 3 })).rejects.toMatchObject({
      code: 'unknown_work_item',
    })
  })
})
