import { expect, it } from 'vitest'
import { createAnswerer } from '../../src/answer/create-answerer.ts'
import { confirmRule } from '../../src/memory/confirm-rule.ts'
import { indexPending } from '../../src/memory/index-pending.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { markPendingMemory } from '../../src/store/queries/mark-changes.ts'
import { putWorkflow } from '../../src/store/queries/put-workflow.ts'
import { outcomes } from '../../src/store/schema/events.ts'
import { runFacts, workItems } from '../../src/store/schema/facts.ts'
import { describeWithDatabase } from '../support/database.ts'
import { outcomeWith, overrideWith, runFactWith, storeOverrides } from '../support/memory-sources.ts'

const day = (date: number) => new Date(Date.UTC(2026, 10, date))
const home = { policyType: 'home', exceptionDocs: true }

describeWithDatabase('answers from what was decided', (database) => {
  const store = async () => {
    const { db } = database()
    await putWorkflow(db, 'claims', { unit: 'claim' }, day(1))
    const items = ['claim-101', 'claim-102', 'claim-103']
    const runs = items.map((workItemId, index) =>
      runFactWith({
        traceId: `t-${index}`,
        workItemId,
        workItemAttributes: home,
        startedAt: day(8),
        endedAt: day(8),
        knownFrom: day(8),
      }),
    )
    await db.insert(runFacts).values(runs)
    await db.insert(workItems).values(
      items.map((workItemId) => ({
        workItemId,
        workflow: 'claims',
        attributes: home,
        status: 'resolved' as const,
        startedAt: day(8),
        closedAt: null,
        attempts: 1,
        corrections: 1,
        totalMicros: 420_000,
        unpricedCalls: 0,
        updatedAt: day(8),
      })),
    )
    await storeOverrides(db, [
      overrideWith({ id: 'o-1', workItemId: 'claim-101', occurredAt: day(9), recordedAt: day(9) }),
      overrideWith({
        id: 'o-2',
        workItemId: 'claim-102',
        humanDecision: 'refer',
        occurredAt: day(10),
        recordedAt: day(10),
      }),
    ])
    await db.insert(outcomes).values(outcomeWith({ id: 'x', workItemId: 'claim-102', occurredAt: day(12) }))
    await confirmRule(
      db,
      {
        workflow: 'claims',
        id: 'HR-12',
        text: 'Hail is covered',
        confirmedBy: 'Kim',
        evidence: [],
        validFrom: day(11),
      },
      day(11),
    )
    await markPendingMemory(
      db,
      runs.map((run) => ({ kind: 'run' as const, workflow: 'claims', sourceId: run.traceId })),
      day(12),
    )
    await indexPending(database(), null)
    return createAnswerer({
      db,
      catalogue: new Map(),
      searchMemory,
      settle: async () => true,
      model: null,
      clock: () => day(20),
      timeZone: 'UTC',
      baseUrl: 'http://docket.test',
    })
  }

  it('says whether earlier cases agree, for words and for an item, whose own entries are none', async () => {
    const { ask } = await store()
    const found = await ask({ question: 'has it been decided before that the hail rider applies?' })
    expect(found.plan.analysis).toBe('find')
    expect(found.text).toContain('They contradict each other: approve in 1, refer in 1. Look at claim-102')
    const like = await ask({ question: 'have we seen cases like claim-101 before?' })
    expect(like.text).toContain('The cases most like claim-101 in claims:')
    expect(like.text).toContain('One of them was decided: refer.')
    expect(like.citations.map((citation) => citation.title)).not.toContain('claim-101: deny → approve')
  })

  it('tells what was known of an item when it was decided, and what only later, in its thread too', async () => {
    const { ask } = await store()
    const threadId = 'C1:1'
    const first = await ask({ question: 'what happened to claim-102?', threadId })
    expect(first.text).toContain('Dana overruled it on Tue 10 Nov')
    expect(first.followUps).toContain('what did we know when claim-102 was decided?')
    for (const question of first.followUps.slice(0, 1).concat('what did we know when we approved it?')) {
      const answer = await ask({ question, threadId })
      expect(answer.text).toContain('Dana decided refer on Tue 10 Nov, where the agent had decided deny.')
      expect(answer.text).toContain('Known then: 1 attempt at $0.42')
      expect(answer.text).toContain('Rule HR-12 was named; nobody had confirmed it by then.')
      expect(answer.text).toContain('Memory held like cases: claim-101: deny → approve')
      expect(answer.text).toContain('Known only later: resolved on Thu 12 Nov.')
      expect(answer.citations[0]?.url).toContain('knownAt=2026-11-10')
    }
    const again = await ask({ question: 'has this been decided before?', threadId })
    expect(again.text).toContain('The cases most like claim-102 in claims:')
    // As of the day before nobody had decided yet: the question is of the item as it stood.
    const before = await ask({ question: 'what happened to claim-102?', asOf: day(9) })
    expect(before.text).not.toContain('overruled')
    expect(before.text).not.toContain('resolved')
  })
})
