/**
 * `npm run bench:search -- DIR [--url URL] [--embedder none|lexical]`: nDCG@10 and recall@100 of the memory's
 * search over DIR's `docs.jsonl`, `queries.jsonl` and `qrels.tsv`, and its time. Documents go the way that a saved
 * decision goes: stored, indexed from the outbox, searched. On a database of its own: an embedded one in memory, or one
 * that it creates on the server of URL (or TEST_DATABASE_URL) and drops.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { indexMemory } from '../../src/jobs/index-memory.ts'
import { createLocalEmbedder } from '../../src/llm/embed-locally.ts'
import type { Embedder } from '../../src/llm/embedder.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import type { Database } from '../../src/store/client.ts'
import { pendingMemory, savedDecisions } from '../../src/store/schema/memory.ts'
import { discountedGain, recall } from './ranking-measures.ts'
import { openScratchDatabase } from './scratch-database.ts'

interface Document {
  id: string
  text: string
  title?: string
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, embedder: { type: 'string', default: 'lexical' } },
})
const [directory] = positionals
if (directory === undefined || !['none', 'lexical'].includes(options.embedder)) {
  console.error('usage: npm run bench:search -- DIR [--url URL] [--embedder none|lexical]')
  process.exit(2)
}
const embed: Embedder | null = options.embedder === 'none' ? null : createLocalEmbedder()

const documents = readLines<Document>('docs.jsonl')
const queries = readLines<Document>('queries.jsonl')
const judgements = readJudgements()
const database = await openScratchDatabase(options.url ?? process.env.TEST_DATABASE_URL)
try {
  await storeDocuments(database)
  const indexingFrom = performance.now()
  await indexMemory(database, embed)
  const indexSeconds = (performance.now() - indexingFrom) / 1000

  const gains: number[] = []
  const recalls: number[] = []
  const times: number[] = []
  for (const query of queries) {
    const relevant = judgements.get(query.id)
    if (!relevant) continue
    const from = performance.now()
    const hits = await searchMemory(database.db, { text: query.text, limit: 100, embed })
    times.push(performance.now() - from)
    const found = hits.map((hit) => hit.entry.id.slice('decision:'.length))
    gains.push(discountedGain(found, relevant, 10))
    recalls.push(recall(found, relevant, 100))
  }
  const sortedTimes = times.toSorted((a, b) => a - b)
  console.log(
    JSON.stringify({
      docs: documents.length,
      queries: gains.length,
      ndcg10: mean(gains),
      recall100: mean(recalls),
      p50Ms: quantile(sortedTimes, 0.5),
      p95Ms: quantile(sortedTimes, 0.95),
      indexSeconds: Number(indexSeconds.toFixed(2)),
    }),
  )
} finally {
  await database.close()
}

async function storeDocuments({ db }: Database): Promise<void> {
  const now = new Date('2026-01-05T09:00:00Z')
  for (let start = 0; start < documents.length; start += 1000) {
    const batch = documents.slice(start, start + 1000)
    await db.insert(savedDecisions).values(
      batch.map(({ id, title, text }) => ({
        id,
        workflow: '',
        title: title ?? '',
        text,
        actor: 'bench',
        channel: 'bench',
        messageTs: id,
        messages: [],
        occurredAt: now,
        recordedAt: now,
      })),
    )
    await db
      .insert(pendingMemory)
      .values(batch.map(({ id }) => ({ kind: 'decision' as const, workflow: '', sourceId: id, changedAt: now })))
  }
}

function readLines<Line>(file: string): Line[] {
  return readFileSync(join(directory!, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Line)
}

/** Query, document, relevance; separated by tabs or spaces. Relevance 0 is a document judged not relevant. */
function readJudgements(): Map<string, Map<string, number>> {
  const judged = new Map<string, Map<string, number>>()
  for (const line of readFileSync(join(directory!, 'qrels.tsv'), 'utf8').split('\n')) {
    const [query, document, relevance] = line.trim().split(/\s+/)
    if (!query || !document || !(Number(relevance) > 0)) continue
    judged.set(query, (judged.get(query) ?? new Map()).set(document, Number(relevance)))
  }
  return judged
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return Number((values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(4))
}

function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null
  return Number(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!.toFixed(1))
}
