import { expect, it } from 'vitest'
import { markMemoryOfItems } from '../../../src/store/queries/mark-memory-of-items.ts'
import { runFacts } from '../../../src/store/schema/facts.ts'
import { pendingMemory } from '../../../src/store/schema/memory.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { overrideWith, runFactWith, storeOverrides } from '../../support/memory-sources.ts'

describeWithDatabase('markMemoryOfItems', (database) => {
  it('marks the runs and overrides of the items, and no others', async () => {
    const { db } = database()
    await db
      .insert(runFacts)
      .values([
        runFactWith({ traceId: 't-1', workItemId: 'claim-1' }),
        runFactWith({ traceId: 't-2', workItemId: 'claim-2' }),
        runFactWith({ traceId: 't-3', workItemId: 'claim-1', workflow: 'tickets' }),
      ])
    await storeOverrides(db, [
      overrideWith({ id: 'o-1', workItemId: 'claim-1' }),
      overrideWith({ id: 'o-2', workItemId: 'claim-2' }),
    ])
    await db.delete(pendingMemory)
    const at = new Date('2026-11-20T00:00:00Z')
    const items = [
      { workflow: 'claims', workItemId: 'claim-1' },
      { workflow: 'claims', workItemId: 'nothing-known' },
    ]
    await markMemoryOfItems(db, items, at)
    await markMemoryOfItems(db, items, at)
    const pending = await db.select().from(pendingMemory)
    expect(pending.map(({ kind, sourceId }) => `${kind} ${sourceId}`).sort()).toEqual(['override o-1', 'run t-1'])
  })
})
