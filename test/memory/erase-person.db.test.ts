import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createLocalEmbedder } from '../../src/llm/embed-locally.ts'
import { erasePerson } from '../../src/memory/erase-person.ts'
import { indexPending } from '../../src/memory/index-pending.ts'
import { saveDecision } from '../../src/memory/save-decision.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { verifyAuditChain } from '../../src/memory/verify-audit-chain.ts'
import { selectRows } from '../../src/store/client.ts'
import { appendAuditEntries } from '../../src/store/queries/append-audit-entries.ts'
import { markPendingMemory } from '../../src/store/queries/mark-changes.ts'
import { insertMemoryUse } from '../../src/store/queries/memory-uses.ts'
import { allocationDecisions } from '../../src/store/schema/decisions.ts'
import { outcomes } from '../../src/store/schema/events.ts'
import { runFacts } from '../../src/store/schema/facts.ts'
import { describeWithDatabase } from '../support/database.ts'
import { outcomeWith, overrideWith, runFactWith, storeOverrides } from '../support/memory-sources.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour))

describeWithDatabase('erasePerson', (database) => {
  const store = async () => {
    const { db } = database()
    await db.insert(runFacts).values(runFactWith({ traceId: 't-1', workItemId: 'claim-1' }))
    await db.insert(outcomes).values(outcomeWith({ id: 'x', workItemId: 'claim-2', resolvedBy: 'Zebedee' }))
    await storeOverrides(db, [
      overrideWith({
        id: 'o-1',
        workItemId: 'claim-1',
        actor: 'Zebedee',
        reason: 'my zucchini garden was hailed upon',
      }),
      overrideWith({ id: 'o-2', workItemId: 'claim-2', actor: 'Kim' }),
    ])
    const decision = {
      id: 'd-1',
      workflow: 'claims',
      segment: {},
      action: 'fix' as const,
      parameters: {},
      title: 'Mend the prompt',
      expectedMonthlyMicros: null,
      interval: null,
      evidence: [],
      status: 'approved' as const,
      decidedBy: 'zebedee',
      decidedAt: at(1),
      proposedAt: at(0),
    }
    await db.insert(allocationDecisions).values(decision)
    await appendAuditEntries(db, [
      {
        kind: 'allocation_decision',
        subjectWorkflow: 'claims',
        subjectId: 'd-1',
        content: decision,
        recordedAt: at(1),
      },
    ])
    await markPendingMemory(
      db,
      [
        { kind: 'allocation', workflow: 'claims', sourceId: 'd-1' },
        { kind: 'run', workflow: 'claims', sourceId: 't-1' },
      ],
      at(1),
    )
    await saveDecision(
      db,
      {
        id: 's-1',
        title: 'Riders',
        text: 'as said below',
        workflow: null,
        workItemId: null,
        rule: null,
        actor: 'Kim',
        source: { channel: 'C1', ts: '1', permalink: null },
        occurredAt: at(2),
        messages: [
          { author: 'Zebedee', text: 'always zucchini first', sentAt: at(2) },
          { author: 'Kim', text: 'agreed, riders second', sentAt: at(2) },
        ],
      },
      at(2),
    )
    await insertMemoryUse(db, {
      traceId: 't-1',
      tool: 'search_memory',
      asked: { query: 'what did Zebedee say?' },
      entries: [],
      usedAt: at(3),
    })
    await indexPending(database(), createLocalEmbedder())
  }

  it('leaves no name and no words, keeps the decisions, and keeps the chain valid', async () => {
    await store()
    const { db } = database()
    expect(await searchMemory(db, { text: 'zucchini', limit: 9 })).not.toEqual([])
    const before = await verifyAuditChain(db)
    expect(before).toMatchObject({ length: 3, firstBreak: null })

    expect(await erasePerson(db, 'ZEBEDEE', at(9))).toEqual({
      overrides: 1,
      allocationDecisions: 1,
      savedDecisions: 1,
      workItems: 2,
      mentions: 1,
      stillNamedIn: [],
    })
    await indexPending(database(), createLocalEmbedder())
    expect(await verifyAuditChain(db, { expectedHead: before.head })).toMatchObject({ length: 5, firstBreak: null })
    expect(await searchMemory(db, { text: 'zucchini', limit: 9 })).toEqual([])
    expect(await searchMemory(db, { text: 'zucchini', limit: 9, knownAt: at(8) })).toEqual([])

    const tables = await selectRows<{ name: string }>(
      db,
      sql`select tablename as name from pg_tables where schemaname = 'public'`,
    )
    for (const { name } of tables) {
      const left = await selectRows(
        db,
        sql`select 1 from ${sql.identifier(name)} as row where row::text ~* 'zebedee|zucchini'`,
      )
      expect({ name, left: left.length }).toEqual({ name, left: 0 })
    }
    const [override] = await searchMemory(db, { text: 'claim-1', kind: 'override', limit: 1 })
    expect(override?.entry).toMatchObject({ actor: null, rule: 'HR-12', recordedAt: at(9) })
    expect(override?.entry.text).toContain(
      'erased person overruled the agent and decided approve where it had decided deny',
    )
    const [story] = await searchMemory(db, { text: 'claim-1', kind: 'run', limit: 1 })
    expect(story?.entry.text).toContain('erased person overruled it: deny → approve')
    const [others] = await searchMemory(db, { text: 'claim-2', kind: 'override', limit: 1 })
    expect(others?.entry).toMatchObject({ actor: 'Kim' })
    const [thread] = await searchMemory(db, { text: 'riders', kind: 'thread', limit: 1 })
    expect(thread?.entry.text).toContain('Kim (Fri 20 Nov 2026, 02:00 UTC): agreed')
  })

  it('does nothing for somebody who is not there', async () => {
    await store()
    const { db } = database()
    const before = await verifyAuditChain(db)
    expect(await erasePerson(db, 'nobody', at(9))).toEqual({
      overrides: 0,
      allocationDecisions: 0,
      savedDecisions: 0,
      workItems: 0,
      mentions: 0,
      stillNamedIn: [],
    })
    expect(await verifyAuditChain(db)).toEqual(before)
  })
})
