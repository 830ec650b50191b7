/**
 * `node test/bench/memory-scale.ts [--entries N] [--copies C] [--url URL] [--embedder none|lexical|indexed] [--keep NAME]`:
 * time of indexing and searching N entries (overrides, saved decisions, changes; see memory-corpus.ts) by words and by words
 * with vectors, for keywords, whole questions, slips of the pen, ids and rules, under filters from none to one item.
 * `agreement` is the share of the first ten that scoring every entry finds too. On a database of its own: embedded, or made on
 * the server of URL and dropped. `--keep NAME` keeps it there under that name and goes on from what it has already, so that
 * it can be filled in one run and timed in another.
 *
 * With C copies, only N / C entries go through the product's own indexing; the index is then copied in SQL (memory-copies.ts).
 * `indexed` searches the local embedder's vectors as those of a model that knows meaning, by their index;
 * `vectorRecall` is what that index finds of the nearest that an exact search finds.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { indexMemory } from '../../src/jobs/index-memory.ts'
import { createLocalEmbedder } from '../../src/llm/embed-locally.ts'
import type { Embedder } from '../../src/llm/embedder.ts'
import { embedEntries } from '../../src/memory/embed-entries.ts'
import { type MemorySearch, searchMemory } from '../../src/memory/search-memory.ts'
import { weighTerms } from '../../src/memory/weigh-terms.ts'
import { analyseMemoryQuery } from '../../src/store/queries/analyse-memory-query.ts'
import { listNearestEntries } from '../../src/store/queries/memory-embeddings.ts'
import { rankPassingEntries } from '../../src/store/queries/rank-memory-entries.ts'
import { changeEvents, outcomes, overrides } from '../../src/store/schema/events.ts'
import { workItems } from '../../src/store/schema/facts.ts'
import { memoryEntries, pendingMemory, savedDecisions } from '../../src/store/schema/memory.ts'
import { copyMemory, listNearestExactly } from './memory-copies.ts'
import { type CorpusQuestion, createCorpus, YEAR } from './memory-corpus.ts'
import { openScratchDatabase } from './scratch-database.ts'

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    entries: { type: 'string', default: '100000' },
    embedder: { type: 'string', default: 'none' },
    copies: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
})
const count = Number(options.entries)
const copies = Number(options.copies)
const made = count / copies
if (
  !(count > 0 && copies >= 1 && Number.isInteger(made)) ||
  !['none', 'lexical', 'indexed'].includes(options.embedder)
) {
  console.error(
    'usage: node test/bench/memory-scale.ts [--entries N] [--copies C] [--url URL] [--embedder none|lexical|indexed] [--keep NAME]',
  )
  process.exit(2)
}
const SEARCHES_A_FILTER = 60
const BATCH = 5000
const embed = embedderOf(options.embedder)
const corpus = createCorpus()
const database = await openScratchDatabase(options.url, options.keep)
const { db } = database
const day = (number: number) => new Date(YEAR.from + number * 86_400_000)
const filters: Record<string, Omit<MemorySearch, 'text' | 'limit'>> = {
  none: {},
  workflow: { workflow: 'tickets' },
  kind: { kind: 'override' },
  month: { from: day(60), to: day(90) },
  workflowKindWeek: { workflow: 'claims', kind: 'override', from: day(100), to: day(107) },
  person: { actor: 'Person 40' },
  rule: { rule: 'R-7' },
  outcome: { outcome: 'failed' },
  segment: { attributes: { region: 'TX' } },
  workflowSegment: { workflow: 'claims', attributes: { region: 'TX', tier: 'gold' } },
  item: { workItemId: 'claims-70' },
  asOf: { asOf: day(200) },
  knownAt: { knownAt: day(40) },
}
try {
  const stored = await db.$count(memoryEntries)
  const seconds = stored >= made ? null : await fill(stored)
  if (stored < count && copies > 1) await copyMemory(database, made, copies)
  const vectors = await embedAll()
  const questions = corpus.questions(made, SEARCHES_A_FILTER)
  for (const question of questions) await search(question, {})
  const times: { filter: string; kind: string; ms: number }[] = []
  for (const [filter, more] of Object.entries(filters)) {
    for (const question of questions) times.push({ filter, kind: question.kind, ms: await search(question, more) })
  }
  console.log(
    JSON.stringify({
      database: database.description,
      entries: count,
      copies,
      entriesPerSecond: seconds && Math.round((made - stored) / seconds),
      vectors,
      embedder: options.embedder,
      searches: times.length,
      load: Number(loadavg()[0]!.toFixed(1)),
      ...quantiles(times),
      byFilter: grouped(times, 'filter'),
      byQuestion: grouped(times, 'kind'),
      agreement: await measureAgreement(questions.slice(0, 20)),
      vectorRecall: options.embedder === 'indexed' ? await measureVectorRecall(questions.slice(0, 12)) : null,
    }),
  )
} finally {
  await database.close()
}

/** Seconds of making entries and indexing them after the first `stored`, without storing their sources. */
async function fill(stored: number): Promise<number> {
  let milliseconds = 0
  for (let from = stored - (stored % BATCH); from < made; from += BATCH) {
    await store(from, Math.min(from + BATCH, made))
    const indexingFrom = performance.now()
    await indexMemory(database, null)
    milliseconds += performance.now() - indexingFrom
  }
  await db.execute('vacuum analyze')
  return milliseconds / 1000
}

/** Entries that were embedded, and seconds of doing so, their index included. */
async function embedAll(): Promise<{ made: number; seconds: number } | null> {
  if (!embed) return null
  const from = performance.now()
  const done = await embedEntries(database, embed, count)
  if (done > 0) await db.execute('vacuum analyze memory_embeddings')
  return { made: done, seconds: Number(((performance.now() - from) / 1000).toFixed(1)) }
}

function embedderOf(name: string): Embedder | null {
  if (name === 'none') return null
  const local = createLocalEmbedder()
  return name === 'lexical' ? local : { ...local, lexical: false, model: `${local.model}-indexed` }
}

async function store(from: number, to: number): Promise<void> {
  const batch = corpus.batch(from, to)
  const pending = [
    ...batch.overrides.map(({ workflow, id }) => ({ kind: 'override' as const, workflow, sourceId: id })),
    ...batch.decisions.map(({ workflow, id }) => ({ kind: 'decision' as const, workflow, sourceId: id })),
    ...batch.changes.map(({ workflow, id }) => ({ kind: 'change' as const, workflow, sourceId: id })),
  ].map((source) => ({ ...source, changedAt: day(0) }))
  await inParts(batch.overrides, (part) => db.insert(overrides).values(part).onConflictDoNothing())
  await inParts(batch.decisions, (part) => db.insert(savedDecisions).values(part).onConflictDoNothing())
  await inParts(batch.changes, (part) => db.insert(changeEvents).values(part).onConflictDoNothing())
  const items = batch.items.map(({ workflow, workItemId, attributes, status, occurredAt }) => ({
    item: {
      workflow,
      workItemId,
      attributes,
      status: status as 'resolved',
      startedAt: null,
      closedAt: null,
      attempts: 1,
      corrections: 1,
      totalMicros: 0,
      unpricedCalls: 0,
      updatedAt: occurredAt,
    },
    outcome: { workflow, id: workItemId, workItemId, status: status as 'resolved', occurredAt, recordedAt: occurredAt },
  }))
  await inParts(items, (part) =>
    db
      .insert(workItems)
      .values(part.map(({ item }) => item))
      .onConflictDoNothing(),
  )
  await inParts(items, (part) =>
    db
      .insert(outcomes)
      .values(part.map(({ outcome }) => outcome))
      .onConflictDoNothing(),
  )
  await inParts(pending, (part) => db.insert(pendingMemory).values(part).onConflictDoNothing())
}

async function inParts<Row>(rows: Row[], write: (part: Row[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += 1000) await write(rows.slice(start, start + 1000))
}

async function search({ text }: CorpusQuestion, more: Omit<MemorySearch, 'text' | 'limit'>): Promise<number> {
  const from = performance.now()
  await searchMemory(db, { text, limit: 10, embed, ...more })
  return performance.now() - from
}

/** Against scoring every entry by every term. */
async function measureAgreement(questions: CorpusQuestion[]): Promise<number> {
  let found = 0
  let expected = 0
  for (const { text } of questions) {
    const { terms, averageLength } = weighTerms(await analyseMemoryQuery(db, text))
    if (terms.length === 0) continue
    const all = await rankPassingEntries(db, { terms, averageLength, filter: {}, limit: 10 })
    const scores = (await searchMemory(db, { text, limit: 10 })).map((hit) => hit.score)
    // Entries of one score may change places: what counts is whether the scores are those of the best.
    expected += all.length
    found += all.filter(({ score }, place) => Math.abs((scores[place] ?? -1) - score) < 1e-4).length
  }
  return Number((found / Math.max(expected, 1)).toFixed(3))
}

/** By filter: of the nearest ten by comparing every vector, the share that the index finds. */
async function measureVectorRecall(questions: CorpusQuestion[]): Promise<Record<string, number>> {
  const recalls: Record<string, number> = {}
  for (const [name, filter] of Object.entries(filters)) {
    if (!embed || 'kind' in filter) continue
    let found = 0
    let expected = 0
    for (const { text } of questions) {
      const [vector] = await embed.embed([text])
      const nearest = new Set((await listNearestEntries(db, embed, vector!, filter, 200)).keys())
      const exact = await listNearestExactly(database, embed, vector!, filter, 10)
      expected += exact.length
      found += exact.filter((entry) => nearest.has(entry)).length
    }
    recalls[name] = Number((found / Math.max(expected, 1)).toFixed(3))
  }
  return recalls
}

function grouped(times: { filter: string; kind: string; ms: number }[], by: 'filter' | 'kind') {
  const groups = Object.entries(Object.groupBy(times, (time) => time[by]))
  return Object.fromEntries(groups.map(([name, group]) => [name, quantiles(group!)]))
}

function quantiles(times: { ms: number }[]): { p50Ms: number; p95Ms: number } {
  const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number) => Number(sorted[Math.ceil(share * sorted.length) - 1]!.toFixed(1))
  return { p50Ms: at(0.5), p95Ms: at(0.95) }
}
