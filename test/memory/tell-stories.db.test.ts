import { afterEach, beforeEach, expect, it } from 'vitest'
import { createModelClient } from '../../src/llm/client.ts'
import { erasePerson } from '../../src/memory/erase-person.ts'
import { indexPending } from '../../src/memory/index-pending.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { type StoryOptions, tellStories } from '../../src/memory/tell-stories.ts'
import { markPendingMemory } from '../../src/store/queries/mark-changes.ts'
import { outcomes } from '../../src/store/schema/events.ts'
import { runFacts } from '../../src/store/schema/facts.ts'
import { toldStories } from '../../src/store/schema/memory.ts'
import { type ChatEndpoint, startChatEndpoint } from '../support/chat-endpoint.ts'
import { describeWithDatabase } from '../support/database.ts'
import { outcomeWith, overrideWith, runFactWith, storeOverrides } from '../support/memory-sources.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour))
const STORY = 'The adjudicator denied claim-1, and Dana overruled it because of the hail rider.'

describeWithDatabase('tellStories', (database) => {
  let endpoint: ChatEndpoint
  beforeEach(async () => {
    endpoint = await startChatEndpoint()
    endpoint.answer = () => ({ status: 200, content: STORY })
  })
  afterEach(() => endpoint.close())

  const tell = (more: Partial<StoryOptions> = {}) =>
    tellStories(database().db, createModelClient({ baseUrl: endpoint.url, apiKey: 'k', model: 'tiny', retries: 0 }), {
      tokensPerDay: 100_000,
      clock: () => at(12),
      quietSeconds: -1,
      ...more,
    })
  const pending = (...traces: string[]) =>
    markPendingMemory(
      database().db,
      traces.map((sourceId) => ({ kind: 'run' as const, workflow: 'claims', sourceId })),
      at(10),
    )
  /** Runs of claim-1 and claim-2, of which a person overruled the first. */
  const store = async () => {
    const { db } = database()
    await db
      .insert(runFacts)
      .values(['1', '2'].map((id) => runFactWith({ traceId: `t-${id}`, workItemId: `claim-${id}` })))
    await storeOverrides(db, [overrideWith({ id: 'o-1', workItemId: 'claim-1', traceId: 't-1' })])
    await pending('t-1', 't-2')
    await indexPending(database(), null)
  }
  const textOf = async (item: string, knownAt?: Date) => {
    const [hit] = await searchMemory(database().db, { text: '', kind: 'run', workItemId: item, knownAt, limit: 1 })
    return hit?.entry.text
  }

  it('tells runs that people overruled, before the text of the rows, as known from then', async () => {
    await store()
    const rows = (await textOf('claim-1'))!
    expect(await tell()).toEqual({ told: 1, refused: [] })
    expect(endpoint.requests).toHaveLength(1)
    expect(endpoint.requests[0]!.body.messages[1]).toEqual({ role: 'user', content: rows })
    await indexPending(database(), null)
    expect(await textOf('claim-1')).toBe(`As tiny tells it: ${STORY}\n${rows}`)
    expect(await textOf('claim-1', at(11))).toBe(rows)
    expect(await textOf('claim-2')).not.toContain('tells it')

    // Nothing is told again while the rows say the same.
    await pending('t-1', 't-2')
    await indexPending(database(), null)
    expect(await tell()).toEqual({ told: 0, refused: [] })
    expect(await textOf('claim-1')).toContain(STORY)
  })

  it('tells again when the rows say something else, once they have been quiet', async () => {
    await store()
    await tell()
    await database()
      .db.insert(outcomes)
      .values(outcomeWith({ id: 'x', status: 'reopened' }))
    await pending('t-1')
    await indexPending(database(), null)
    expect(await textOf('claim-1')).not.toContain('tells it')
    expect(await textOf('claim-1')).toContain('Outcome: reopened')
    expect(await tell({ quietSeconds: 3600 })).toEqual({ told: 0, refused: [] })
    expect(await tell()).toEqual({ told: 1, refused: [] })
  })

  it('refuses figures that the rows do not hold, and does not ask again', async () => {
    await store()
    endpoint.answer = () => ({ status: 200, content: 'It cost $17 and took nine days.' })
    expect(await tell()).toEqual({ told: 0, refused: [{ entry: 'run:claims:t-1', figures: ['$17', 'nine'] }] })
    expect(await tell()).toEqual({ told: 0, refused: [] })
    await indexPending(database(), null)
    expect(await textOf('claim-1')).not.toContain('tells it')
  })

  it('waits where the endpoint fails and where the day’s budget is spent', async () => {
    await store()
    endpoint.answer = () => ({ status: 503 })
    await expect(tell()).rejects.toThrow('503')
    endpoint.answer = () => ({ status: 200, content: STORY })
    expect(await tell({ tokensPerDay: 0 })).toEqual({ told: 0, refused: [] })
    expect(await tell()).toEqual({ told: 1, refused: [] })
    await database()
      .db.insert(outcomes)
      .values(outcomeWith({ id: 'x', status: 'reopened' }))
    await pending('t-1')
    await indexPending(database(), null)
    // The first telling took about 200 tokens.
    expect(await tell({ tokensPerDay: 100 })).toEqual({ told: 0, refused: [] })
    expect(await tell({ tokensPerDay: 100, clock: () => at(36) })).toEqual({ told: 1, refused: [] })
  })

  it('forgets a story with the person that it names', async () => {
    await store()
    await tell()
    await indexPending(database(), null)
    await erasePerson(database().db, 'Dana', at(13))
    await indexPending(database(), null)
    expect(await textOf('claim-1')).not.toContain('Dana')
    expect(await textOf('claim-1', at(12))).not.toContain('Dana')
    const left = await database().db.select().from(toldStories)
    expect(left).toMatchObject([{ entry: 'run:claims:t-1', text: null }])
  })
})
