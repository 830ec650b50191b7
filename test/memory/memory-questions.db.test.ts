import { expect, it } from 'vitest'
import { createCalendar } from '../../src/demo/calendar.ts'
import { BATCH_COUNT, generateBatch } from '../../src/demo/generate-batches.ts'
import type { MemoryEntry } from '../../src/domain/memory-entry.ts'
import { membersOf } from '../../src/ingest/read-members.ts'
import { receiveChanges } from '../../src/ingest/receive-changes.ts'
import { receiveOverrides } from '../../src/ingest/receive-overrides.ts'
import { indexPending } from '../../src/memory/index-pending.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { memoryEntries } from '../../src/store/schema/memory.ts'
import { answers, judge, readMemoryQuestions } from '../bench/memory-evaluation.ts'
import { describeWithDatabase } from '../support/database.ts'

const now = new Date('2026-11-27T08:00:00Z')

describeWithDatabase('questions to the demo’s memory', (database) => {
  // The whole demo, with the stories of its runs, is measured by `npm run eval:memory`.
  it('find what people decided and what changed, as different people ask for it', async () => {
    const { db } = database()
    const calendar = createCalendar(now, 'UTC')
    for (let index = 0; index < BATCH_COUNT; index++) {
      const { bodies } = generateBatch(calendar, index)
      const context = { now, source: 'test' }
      if (bodies.changes.length > 0) await receiveChanges(db, membersOf(bodies.changes), context)
      if (bodies.overrides.length > 0) await receiveOverrides(db, membersOf(bodies.overrides), context)
    }
    await indexPending(database(), null)
    const entries = await db.select().from(memoryEntries)
    const scores: number[] = []
    for (const { question, judged } of readMemoryQuestions()) {
      const answering = entries.filter((entry) => answers(entry as MemoryEntry, judged)).length
      if (answering === 0) continue
      const hits = await searchMemory(db, { text: question, limit: 5 })
      scores.push(
        judge(
          hits.map(({ entry }) => answers(entry, judged)),
          answering,
        ).recall5,
      )
    }
    expect(scores.length).toBeGreaterThanOrEqual(100)
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThanOrEqual(0.9)
  })
})
