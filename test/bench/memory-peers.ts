/**
 * `node test/bench/memory-peers.ts --modules DIR --url URL [--entries N]`: Docket's memory beside the stores of mem0ai and
 * LangGraph on one Postgres: the same entries, the same vectors (the local embedder's), the same questions. They are not our
 * dependencies; put them into a folder of their own first:
 *
 *   mkdir /tmp/peers && cd /tmp/peers && npm init -y
 *   npm install --no-save --ignore-scripts mem0ai @langchain/langgraph-checkpoint-postgres @langchain/langgraph-checkpoint @langchain/core pg openai
 *
 * Prints one JSON object: seconds of storing, times of searching, the share of questions that nothing was found for, and
 * how many entries of other workflows a search of one workflow returned.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { indexMemory } from '../../src/jobs/index-memory.ts'
import { createLocalEmbedder } from '../../src/llm/embed-locally.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { pendingMemory, savedDecisions } from '../../src/store/schema/memory.ts'
import { createCorpus } from './memory-corpus.ts'
import { createScratchUrl, openScratchDatabase } from './scratch-database.ts'

const { values: options } = parseArgs({
  options: { modules: { type: 'string' }, url: { type: 'string' }, entries: { type: 'string', default: '2000' } },
})
const { modules, url } = options
const count = Number(options.entries)
if (!modules || !url || !(count > 0)) {
  console.error('usage: node test/bench/memory-peers.ts --modules DIR --url URL [--entries N]')
  process.exit(2)
}

interface Stored {
  id: string
  workflow: string
  text: string
}
/** What every store is asked to do. `keywords` is its search by words alone, where it has one. */
interface Peer {
  store(entries: Stored[]): Promise<void>
  search(text: string, workflow?: string): Promise<{ workflow: string }[]>
  keywords?(text: string): Promise<unknown[]>
  close(): Promise<void>
}

const embed = createLocalEmbedder()
const corpus = createCorpus()
const batch = corpus.batch(0, count * 2)
// Workflows wf1 to wf20, so that the name of one begins another's.
const entries: Stored[] = batch.decisions
  .concat(
    batch.overrides.map((row) => ({ ...row, title: '', text: row.reason, channel: '', messageTs: '', messages: [] })),
  )
  .slice(0, count)
  .map(({ id, text }, index) => ({ id, text, workflow: `wf${(index % 20) + 1}` }))
const questions = corpus
  .questions(count, 150)
  .filter(({ kind }) => kind !== 'id' && kind !== 'rule')
  .map(({ text }) => text)
const load = (path: string) => import(pathToFileURL(join(modules, 'node_modules', path)).href)
const versionOf = (name: string) =>
  (JSON.parse(readFileSync(join(modules, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version

const results = {
  entries: entries.length,
  searches: questions.length,
  docket: await measure(await openDocket(url)),
  [`mem0ai ${versionOf('mem0ai')}`]: await withScratch(url, async (on) => measure(await openMem0(on))),
  [`langgraph-checkpoint-postgres ${versionOf('@langchain/langgraph-checkpoint-postgres')}`]: await withScratch(
    url,
    async (on) => measure(await openLangGraph(on)),
  ),
}
console.log(JSON.stringify(results))
process.exit(0)

async function measure(peer: Peer) {
  const from = performance.now()
  await peer.store(entries)
  const insertSeconds = Number(((performance.now() - from) / 1000).toFixed(1))
  await peer.search(questions[0]!)
  const times: number[] = []
  let nothing = 0
  for (const question of questions) {
    const started = performance.now()
    if ((await peer.search(question)).length === 0) nothing += 1
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  let nothingByKeywords: number | null = null
  if (peer.keywords) {
    const keywords = peer.keywords.bind(peer)
    nothingByKeywords = 0
    for (const question of questions) if ((await keywords(question)).length === 0) nothingByKeywords += 1
  }
  let leaked = 0
  for (const question of questions.slice(0, 20)) {
    leaked += (await peer.search(question, 'wf1')).filter((hit) => hit.workflow !== 'wf1').length
  }
  await peer.close()
  const at = (share: number) => Number(times[Math.ceil(share * times.length) - 1]!.toFixed(1))
  return { insertSeconds, p50Ms: at(0.5), p95Ms: at(0.95), nothingFound: nothing, nothingByKeywords, leaked }
}

async function openDocket(on: string): Promise<Peer> {
  const database = await openScratchDatabase(on)
  const now = new Date('2026-01-05T09:00:00Z')
  return {
    store: async (all) => {
      for (let start = 0; start < all.length; start += 1000) {
        const part = all.slice(start, start + 1000)
        await database.db.insert(savedDecisions).values(
          part.map(({ id, workflow, text }) => ({
            id,
            workflow,
            title: '',
            text,
            actor: 'bench',
            channel: 'bench',
            messageTs: id,
            messages: [],
            occurredAt: now,
            recordedAt: now,
          })),
        )
        await database.db
          .insert(pendingMemory)
          .values(
            part.map(({ id, workflow }) => ({ kind: 'decision' as const, workflow, sourceId: id, changedAt: now })),
          )
      }
      await indexMemory(database, embed)
    },
    search: async (text, workflow) =>
      (await searchMemory(database.db, { text, workflow, limit: 10, embed })).map(({ entry }) => ({
        workflow: entry.workflow ?? '',
      })),
    keywords: (text) => searchMemory(database.db, { text, limit: 10 }),
    close: database.close,
  }
}

async function openMem0(on: string): Promise<Peer> {
  const { PGVector } = await load('mem0ai/dist/oss/index.mjs')
  const store = new PGVector({
    connectionString: on,
    collectionName: 'memories',
    embeddingModelDims: embed.dimensions,
    hnsw: true,
  })
  await store.initialize()
  return {
    store: async (all) => {
      for (let start = 0; start < all.length; start += 100) {
        const part = all.slice(start, start + 100)
        const payloads = part.map(({ workflow, text }) => ({ data: text, textLemmatized: text, user_id: workflow }))
        await store.insert(
          await embed.embed(part.map(({ text }) => text)),
          part.map(() => randomUUID()),
          payloads,
        )
      }
    },
    search: async (text, workflow) => {
      const [vector] = await embed.embed([text])
      const hits = await store.search(vector, 10, workflow === undefined ? undefined : { user_id: workflow })
      return hits.map((hit: { payload: { user_id: string } }) => ({ workflow: hit.payload.user_id }))
    },
    keywords: async (text) => (await store.keywordSearch(text, 10)) ?? [],
    close: () => store.close(),
  }
}

async function openLangGraph(on: string): Promise<Peer> {
  const { PostgresStore } = await load('@langchain/langgraph-checkpoint-postgres/dist/store/index.js')
  const store = new PostgresStore({
    connectionOptions: on,
    index: { dims: embed.dimensions, embed: (texts: string[]) => embed.embed(texts), fields: ['text'] },
  })
  await store.setup()
  return {
    store: async (all) => {
      for (const { id, workflow, text } of all) await store.put(['mem', workflow], id, { text })
    },
    search: async (query, workflow) => {
      const hits = await store.search(workflow === undefined ? ['mem'] : ['mem', workflow], {
        query,
        limit: 10,
        mode: 'vector',
      })
      return hits.map((hit: { namespace: string[] }) => ({ workflow: hit.namespace[1]! }))
    },
    keywords: (query) => store.search(['mem'], { query, limit: 10, mode: 'text' }),
    close: () => store.stop(),
  }
}

async function withScratch<Result>(on: string, work: (url: string) => Promise<Result>): Promise<Result> {
  const scratch = await createScratchUrl(on)
  try {
    return await work(scratch.url)
  } finally {
    await scratch.drop()
  }
}
