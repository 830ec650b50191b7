import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { HIGHLIGHT, type MemoryHit } from '../../src/domain/memory-entry.ts'
import { createLocalEmbedder } from '../../src/llm/embed-locally.ts'
import { type Embedder, toUnitLength } from '../../src/llm/embedder.ts'
import { indexPending } from '../../src/memory/index-pending.ts'
import { saveDecision } from '../../src/memory/save-decision.ts'
import { type MemorySearch, searchMemory } from '../../src/memory/search-memory.ts'
import { selectRows } from '../../src/store/client.ts'
import { markPendingMemory } from '../../src/store/queries/mark-changes.ts'
import { changeEvents, outcomes } from '../../src/store/schema/events.ts'
import { runFacts, workItems } from '../../src/store/schema/facts.ts'
import { memoryEntries, memoryTerms, memoryTotals, pendingMemory } from '../../src/store/schema/memory.ts'
import { describeWithDatabase } from '../support/database.ts'
import { outcomeWith, overrideWith, runFactWith, storeOverrides } from '../support/memory-sources.ts'

const day = (date: number, hour = 9) => new Date(Date.UTC(2026, 10, date, hour))
const idsOf = (hits: MemoryHit[]) => hits.map((hit) => hit.entry.id)

const hail = overrideWith({
  id: 'o-1',
  workItemId: 'claim-8841',
  traceId: 't-1',
  occurredAt: day(10),
  recordedAt: day(10),
})
const flood = overrideWith({
  id: 'o-2',
  workItemId: 'claim-8842',
  reason: 'the flood clause was read as excluding groundwater',
  rule: 'FL-3',
  actor: 'Kim',
  occurredAt: day(12),
  recordedAt: day(13),
})
const tickets = overrideWith({
  id: 'o-3',
  workflow: 'tickets',
  workItemId: 'ticket-7',
  reason: 'hail damage belongs to claims',
  rule: null,
  occurredAt: day(14),
  recordedAt: day(14),
})

describeWithDatabase('searchMemory', (database) => {
  const search = (text: string, more: Partial<MemorySearch> = {}) =>
    searchMemory(database().db, { text, limit: 10, ...more })
  const storeAll = async () => {
    await storeOverrides(database().db, [hail, flood, tickets])
    return indexPending(database(), null)
  }

  it('finds by word forms, marks the match, and finds nothing for words that nobody said', async () => {
    expect(await storeAll()).toBe(3)
    const [hit] = await search('excludes')
    expect(hit!.entry).toMatchObject({ id: 'override:claims:o-2', kind: 'override', rule: 'FL-3', actor: 'Kim' })
    expect(hit!.entry.sources).toContainEqual({ kind: 'override', id: 'o-2' })
    expect(hit!.snippet).toContain(`${HIGHLIGHT.start}excluding${HIGHLIGHT.end}`)
    expect(await search('quantum chromodynamics')).toEqual([])
    expect(await search('the of and')).toEqual([])
  })

  it('puts what an identifier names first, whatever else matches', async () => {
    await storeAll()
    expect(idsOf(await search('hail hail hail on claim-8842?'))[0]).toBe('override:claims:o-2')
    expect(idsOf(await search('FL-3'))[0]).toBe('override:claims:o-2')
    expect(idsOf(await search('was t-1 overruled'))[0]).toBe('override:claims:o-1')
  })

  it('forgives a slip of the pen, but prefers what is spelt as asked', async () => {
    await storeAll()
    expect(idsOf(await search('groundwatre'))).toEqual(['override:claims:o-2'])
    expect(idsOf(await search('damgae'))).toEqual(['override:tickets:o-3'])
  })

  it('filters by workflow, kind, person, rule, time, item, outcome and attributes', async () => {
    const { db } = database()
    await db.insert(workItems).values({
      workItemId: 'claim-8841',
      workflow: 'claims',
      attributes: { region: 'TX', exceptionDocs: true },
      status: 'resolved',
      startedAt: null,
      closedAt: null,
      attempts: 1,
      corrections: 1,
      totalMicros: 0,
      unpricedCalls: 0,
      updatedAt: day(10),
    })
    await db.insert(outcomes).values(outcomeWith({ id: 'x', workItemId: 'claim-8841', occurredAt: day(11) }))
    await storeAll()
    const found = async (more: Partial<MemorySearch>) => idsOf(await search('hail flood rider', more))
    expect(await found({ workflow: 'tickets' })).toEqual(['override:tickets:o-3'])
    expect(await found({ workflow: 'ticket' })).toEqual([])
    expect(await found({ kind: 'run' })).toEqual([])
    expect(await found({ actor: 'kim' })).toEqual(['override:claims:o-2'])
    expect(await found({ rule: 'hr-12' })).toEqual(['override:claims:o-1'])
    expect(await found({ from: day(12), to: day(14) })).toEqual(['override:claims:o-2'])
    expect(await found({ workItemId: 'claim-8841' })).toEqual(['override:claims:o-1'])
    expect(await found({ outcome: 'resolved' })).toEqual(['override:claims:o-1'])
    expect(await found({ attributes: { region: 'tx', exceptionDocs: 'true' } })).toEqual(['override:claims:o-1'])
    expect(await found({ attributes: { region: 'CA' } })).toEqual([])
  })

  it('keeps apart in its postings what a filter keeps apart', async () => {
    await storeAll()
    const facets = (column: string) =>
      selectRows<{ facets: number; entries: number }>(
        database().db,
        sql`select ${sql.raw(column)} as facets, count(distinct entry)::float8 as entries from memory_postings group by 1 order by 2`,
      )
    expect(await facets('facets & 255')).toEqual([{ facets: 1, entries: 3 }])
    const sizes = async (column: string) => (await facets(column)).map((row) => row.entries)
    expect(await sizes('(facets >> 8) & 255')).toEqual([1, 2])
    expect(await sizes('(facets >> 16) & 63')).toEqual([1, 1, 1])
    expect(await sizes('(facets >> 22) & 63')).toEqual([1, 2])
    expect((await facets('day')).map((row) => row.facets).sort()).toEqual([9810, 9812, 9814])
  })

  it('looks beyond the best for what a narrow filter leaves', async () => {
    const { db } = database()
    const many = Array.from({ length: 2200 }, (_, index) =>
      overrideWith({ id: `m-${index}`, reason: 'hail hail hail', workItemId: `item-${index}` }),
    )
    for (let start = 0; start < many.length; start += 550) await storeOverrides(db, many.slice(start, start + 550))
    await storeOverrides(db, [
      overrideWith({ id: 'rare', workflow: 'other', reason: 'a long text where hail is said once' }),
    ])
    await indexPending(database(), null, 10_000)
    expect(idsOf(await search('hail', { workflow: 'other' }))).toEqual(['override:other:rare'])
    expect(await search('hail', { limit: 50 })).toHaveLength(50)
  })

  it('shows newer entries first among equals, and without words the newest', async () => {
    const same = ['a', 'b', 'c'].map((id, index) =>
      overrideWith({ id, workItemId: 'one item', occurredAt: day(10 + index), recordedAt: day(10 + index) }),
    )
    await storeOverrides(database().db, same)
    await indexPending(database(), null)
    const newestFirst = ['override:claims:c', 'override:claims:b', 'override:claims:a']
    expect(idsOf(await search('hail rider'))).toEqual(newestFirst)
    expect(idsOf(await search('', { workflow: 'claims' }))).toEqual(newestFirst)
  })

  it('answers as of an instant, and as known at an instant', async () => {
    await storeAll()
    expect(idsOf(await search('flood hail', { asOf: day(11) }))).toEqual(['override:claims:o-1'])
    // It happened on the 12th and was recorded on the 13th.
    expect(idsOf(await search('flood', { asOf: day(12, 12) }))).toEqual(['override:claims:o-2'])
    expect(await search('flood', { knownAt: day(12, 12) })).toEqual([])
    expect(idsOf(await search('flood', { knownAt: day(13) }))).toEqual(['override:claims:o-2'])
  })

  it('keeps what an entry said before its sources changed', async () => {
    const { db } = database()
    await db.insert(runFacts).values(runFactWith({ traceId: 't-1', workItemId: 'claim-8841', knownFrom: day(9) }))
    const markRun = (at: Date) => markPendingMemory(db, [{ kind: 'run', workflow: 'claims', sourceId: 't-1' }], at)
    await markRun(day(9))
    await indexPending(database(), null)
    await storeOverrides(db, [hail])
    await db
      .insert(outcomes)
      .values(outcomeWith({ id: 'x', workItemId: 'claim-8841', occurredAt: day(11), recordedAt: day(11) }))
    await indexPending(database(), null)

    const story = async (more: Partial<MemorySearch> = {}) =>
      (await search('adjudicator', { kind: 'run', ...more }))[0]?.entry
    const now = await story()
    expect(now).toMatchObject({ outcome: 'resolved', recordedAt: day(11) })
    expect(now?.text).toContain('Dana overruled it')
    for (const more of [{ knownAt: day(9, 12) }, { asOf: new Date('2026-11-17T09:20:00Z'), knownAt: day(9, 12) }]) {
      const then = await story(more)
      expect(then?.text).not.toContain('overruled')
      expect(then).toMatchObject({ outcome: null, recordedAt: day(9) })
    }
    const [override] = await search('hail rider', { kind: 'override', knownAt: day(10, 12) })
    expect(override?.entry.outcome).toBeNull()

    const versions = await db.select().from(memoryEntries).where(eq(memoryEntries.id, 'run:claims:t-1'))
    expect(versions.map((version) => version.knownUntil)).toEqual([day(11), null])
    await markRun(day(12))
    await indexPending(database(), null)
    expect(await db.$count(memoryEntries, eq(memoryEntries.id, 'run:claims:t-1'))).toBe(2)
  })

  it('indexes every source once, also when several processes do it', async () => {
    const { db } = database()
    const many = Array.from({ length: 600 }, (_, index) => overrideWith({ id: `m-${index}` }))
    await storeOverrides(db, many)
    const taken = await Promise.all([1, 2, 3].map(() => indexPending(database(), null)))
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(600)
    expect(await db.$count(pendingMemory)).toBe(0)
    expect(await db.$count(memoryEntries)).toBe(600)
    const [totals] = await db.select().from(memoryTotals)
    expect(totals?.entries).toBe(600)
    const [term] = await db.select().from(memoryTerms).where(eq(memoryTerms.term, 'hail'))
    expect(term?.entries).toBe(600)
  })

  it('makes entries of changes and of decisions saved from Slack, a repeated saving once', async () => {
    const { db } = database()
    await db.insert(changeEvents).values({
      workflow: '',
      id: 'c-1',
      kind: 'price',
      description: 'gpt-4.1 became cheaper',
      occurredAt: day(1),
      recordedAt: day(1),
    })
    await markPendingMemory(db, [{ kind: 'change', workflow: '', sourceId: 'c-1' }], day(1))
    const decision = {
      id: 'C1/171.2',
      title: 'Hail riders',
      text: 'We always check the rider first',
      workflow: 'claims',
      workItemId: null,
      rule: 'HR-12',
      actor: 'Kim',
      source: { channel: 'C1', ts: '171.2', permalink: 'https://slack.test/p1712' },
      messages: [
        { author: 'Dana', text: 'who checks riders?', sentAt: day(2) },
        { author: 'Kim', text: 'always we do', sentAt: day(3) },
      ],
      occurredAt: day(2),
    }
    expect(await saveDecision(db, decision, day(3))).toEqual({ duplicate: false })
    expect(await saveDecision(db, decision, day(3))).toEqual({ duplicate: true })
    await indexPending(database(), null)
    const [change] = await search('cheaper')
    expect(change?.entry).toMatchObject({ kind: 'change', workflow: null })
    const [thread] = await search('who checks', { kind: 'decision' })
    expect(thread?.entry).toMatchObject({
      kind: 'thread',
      actor: 'Kim',
      rule: 'HR-12',
      sources: [{ kind: 'slack_message', id: 'C1/171.2', url: 'https://slack.test/p1712' }],
    })
  })

  it('fuses words with vectors: lexical ones reorder, semantic ones find too', async () => {
    await storeOverrides(database().db, [hail, flood, tickets])
    const lexical = createLocalEmbedder()
    await indexPending(database(), lexical)
    expect(idsOf(await search('flood clause', { embed: lexical }))).toEqual(['override:claims:o-2'])
    expect(idsOf(await search('the of and', { embed: lexical }))).toEqual([])

    const semantic = embedderOf('meaning-3', { water: [1, 0, 0], groundwater: [1, 0.1, 0], hail: [0, 1, 0] })
    expect(idsOf(await search('water', { embed: semantic }))).toEqual([])
    await indexPending(database(), semantic)
    expect(idsOf(await search('water', { embed: semantic }))[0]).toBe('override:claims:o-2')
    expect(idsOf(await search('water', { embed: semantic, workflow: 'tickets' }))).toEqual(['override:tickets:o-3'])
  })

  it('is not confused by what a question may hold', async () => {
    await storeAll()
    for (const text of [
      `'; drop table overrides; --`,
      'a & | ! :* <->',
      '\u0000hail \ud800',
      '💥 %_ \\',
      'x'.repeat(3000),
    ]) {
      expect(Array.isArray(await search(text))).toBe(true)
    }
    expect(idsOf(await search('hail & !flood'))).toContain('override:claims:o-1')
  })
})

/** Means the words it knows, by hand. */
function embedderOf(model: string, meanings: Record<string, number[]>): Embedder {
  const embed = async (texts: readonly string[]) =>
    texts.map((text) => {
      const vector = [0, 0, 0.01]
      for (const [word, meaning] of Object.entries(meanings)) {
        if (text.toLowerCase().includes(word))
          meaning.forEach((value, index) => {
            vector[index]! += value
          })
      }
      return toUnitLength(vector)
    })
  return { model, dimensions: 3, lexical: false, embed }
}
