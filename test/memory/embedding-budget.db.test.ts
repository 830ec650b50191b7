import { afterEach, beforeEach, expect, it } from 'vitest'
import { createRemoteEmbedder } from '../../src/llm/embed-remotely.ts'
import { describeEmbeddings, sayEmbeddings } from '../../src/memory/describe-embeddings.ts'
import { embedEntries } from '../../src/memory/embed-entries.ts'
import { createEmbeddingMeter } from '../../src/memory/embedding-meter.ts'
import { indexPending } from '../../src/memory/index-pending.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { memoryEmbeddings } from '../../src/store/schema/memory.ts'
import { describeWithDatabase } from '../support/database.ts'
import { type EmbeddingEndpoint, startEmbeddingEndpoint } from '../support/embedding-endpoint.ts'
import { overrideWith, storeOverrides } from '../support/memory-sources.ts'

/** What the endpoint says that an entry took. The estimate is more: a third of its bytes. */
const TOKENS_A_TEXT = 300
const LONG = ' and so on and so forth'.repeat(50)
const BUDGET = 10_000
const WIDTHS: Record<string, number> = { small: 3, large: 5 }

/** The first place is water, the second hail; each model has its own width. */
function vectorOf(text: string, model: string): number[] {
  const vector = new Array<number>(WIDTHS[model]!).fill(0.01)
  if (/water|flood|deluge/.test(text)) vector[0] = 1
  if (/hail/.test(text)) vector[1] = 1
  return vector
}

describeWithDatabase('embedding by a remote model', (database) => {
  let endpoint: EmbeddingEndpoint
  let now: Date
  let spentOn: string[]
  beforeEach(async () => {
    endpoint = await startEmbeddingEndpoint({ vectorOf, tokensOf: () => TOKENS_A_TEXT })
    now = new Date('2026-11-20T10:00:00Z')
    spentOn = []
  })
  afterEach(() => endpoint.close())

  const embedderOf = (model: string, tokensPerDay: number | null = null) =>
    createRemoteEmbedder({
      model,
      dimensions: WIDTHS[model]!,
      apiKey: 'k',
      baseUrl: endpoint.url,
      meter: createEmbeddingMeter(database().db, {
        tokensPerDay,
        clock: () => now,
        onSpent: (day) => spentOn.push(day),
      }),
    })
  const store = async (count: number, reason = 'hail on the roof') => {
    const rows = Array.from({ length: count }, (_, index) =>
      overrideWith({ id: `${reason}-${index}`, workItemId: `item ${index}`, reason: reason + LONG, traceId: null }),
    )
    await storeOverrides(database().db, rows)
  }
  const vectorsOf = async () => (await database().db.select().from(memoryEmbeddings)).map(({ model }) => model)
  const state = (embed: ReturnType<typeof embedderOf>) => describeEmbeddings(database().db, embed, BUDGET, now)

  it('keeps a day’s budget over all processes; what is over it waits, is found by words, and is done the next day', async () => {
    await store(40)
    const processes = [embedderOf('small', BUDGET), embedderOf('small', BUDGET), embedderOf('small', BUDGET)] as const
    await indexPending(database(), null)
    await Promise.all(processes.map((embed) => embedEntries(database(), embed, 1000)))
    const asked = () => endpoint.calls.reduce((sum, call) => sum + call.texts.length, 0)
    // A tenth is left for questions.
    expect(asked() * TOKENS_A_TEXT).toBeLessThanOrEqual(BUDGET * 0.9)
    expect(asked()).toBeGreaterThan(0)
    const done = (await vectorsOf()).length
    expect(done).toBeLessThan(40)
    expect(spentOn).toContain('2026-11-20')
    const waiting = await state(processes[0])
    expect(waiting).toMatchObject({ isFilled: false, waiting: 40 - done, tokensPerDay: BUDGET })
    expect(waiting.tokensToday).toBe(asked() * TOKENS_A_TEXT)
    expect(sayEmbeddings(waiting, now)).toMatch(/entries wait for a vector of small\/3; \d+ of 10000 tokens/)
    expect(await searchMemory(database().db, { text: 'hail', limit: 50, embed: processes[0] })).toHaveLength(40)

    for (const day of ['2026-11-21', '2026-11-22', '2026-11-23']) {
      now = new Date(`${day}T00:00:01Z`)
      await embedEntries(database(), processes[1], 1000)
    }
    expect(await vectorsOf()).toHaveLength(40)
    expect(await state(processes[2])).toMatchObject({ isFilled: true, waiting: 0 })
  })

  it('goes by words for questions too where the whole budget is spent, and says so once', async () => {
    await store(2)
    const embed = embedderOf('small', BUDGET)
    await indexPending(database(), embed)
    const told: string[] = []
    embed.onUnavailable = (problem) => told.push(problem.message)
    for (let question = 0; question < 40; question++) {
      const hits = await searchMemory(database().db, { text: 'hail', limit: 5, embed })
      expect(hits).toHaveLength(2)
    }
    const calls = endpoint.calls.length
    expect(calls * TOKENS_A_TEXT).toBeLessThanOrEqual(BUDGET)
    expect(told).toEqual([expect.stringContaining('10000 tokens')])
    now = new Date('2026-11-21T00:00:01Z')
    expect(sayEmbeddings(await state(embed), now)).toBe("small/3; 0 of 10000 tokens of today's budget are spent")
  })

  it('waits as long as Retry-After says, even where that is longer than a call may take', async () => {
    await store(2)
    const embed = embedderOf('small')
    endpoint.refusals.push({ status: 429, headers: { 'retry-after': '1' } })
    await indexPending(database(), embed)
    expect(endpoint.calls).toHaveLength(2)
    expect(endpoint.calls[1]!.at - endpoint.calls[0]!.at).toBeGreaterThanOrEqual(950)
    expect(await vectorsOf()).toHaveLength(2)

    await store(1, 'flood in the cellar')
    endpoint.refusals.push({ status: 429, headers: { 'retry-after': '3600' } })
    await expect(indexPending(database(), embed)).rejects.toMatchObject({ code: 'embedding_failed' })
    expect(endpoint.calls).toHaveLength(3)
    now = new Date('2026-11-20T10:59:00Z')
    await indexPending(database(), embed)
    expect(endpoint.calls).toHaveLength(3)
    expect(sayEmbeddings(await state(embed), now)).toMatch(/wait until 2026-11-20T11:00:00.000Z; 1 entries wait/)
    // Not even for a question: it is found by its words.
    expect(await searchMemory(database().db, { text: 'cellar', limit: 5, embed })).toHaveLength(1)
    expect(endpoint.calls).toHaveLength(3)
    now = new Date('2026-11-20T11:00:01Z')
    await indexPending(database(), embed)
    expect(await vectorsOf()).toHaveLength(3)
  })

  it('fills a new model in beside the old while search goes on by words, and never mixes them', async () => {
    await store(30)
    await store(1, 'flood in the cellar')
    const old = embedderOf('small')
    await indexPending(database(), old)
    const deluge = async (embed: ReturnType<typeof embedderOf>) =>
      (await searchMemory(database().db, { text: 'deluge', limit: 1, embed })).map((hit) => hit.entry.id)
    const found = ['override:claims:flood in the cellar-0']
    expect(await deluge(old)).toEqual(found)

    const next = embedderOf('large', BUDGET)
    await indexPending(database(), next)
    expect((await vectorsOf()).filter((model) => model === 'large/5').length).toBeLessThan(31)
    // No word says it, and the new model is not there yet; the old one's vectors are not asked for it.
    const before = endpoint.calls.length
    expect(await deluge(next)).toEqual([])
    expect(await searchMemory(database().db, { text: 'cellar', limit: 5, embed: next })).toHaveLength(1)
    expect(endpoint.calls).toHaveLength(before)
    // Whoever still runs with the old model is not disturbed.
    expect(await deluge(old)).toEqual(found)

    for (const day of ['2026-11-21', '2026-11-22']) {
      now = new Date(`${day}T00:00:01Z`)
      await indexPending(database(), next)
    }
    expect(await deluge(next)).toEqual(found)
    expect(endpoint.calls.at(-1)!.model).toBe('large')
  })

  it('goes on by words where the endpoint is gone', async () => {
    await store(2)
    const embed = embedderOf('small')
    await indexPending(database(), embed)
    endpoint.close()
    const told: Error[] = []
    const gone = { ...embed, onUnavailable: (problem: Error) => told.push(problem) }
    endpoint.refusals.push(...Array.from({ length: 9 }, () => ({ status: 500, headers: { 'retry-after-ms': '1' } })))
    for (let question = 0; question < 3; question++) {
      expect(await searchMemory(database().db, { text: 'hail', limit: 5, embed: gone })).toHaveLength(2)
    }
    expect(told).toHaveLength(1)
  })
})
