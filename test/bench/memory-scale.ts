/**
 * `node test/bench/memory-scale.ts [--entries N] [--url URL] [--embedder none|lexical] [--keep NAME]`: time of indexing and
 * searching N entries (overrides, saved decisions, changes; see memory-corpus.ts) by words and by words with vectors, for
 * keywords, whole questions, slips of the pen, ids and rules, under filters from none to one item. `agreement` is the share
 * of the first ten that scoring every entry finds too. On a database of its own: embedded, or made on the server of URL
 * and dropped. `--keep NAME` keeps it there under that name, and uses it again if it has N entries already.
 */
import { parseArgs } from 'node:util'
import { indexMemory } from '../../src/jobs/index-memory.ts'
import { createLocalEmbedder } from '../../src/llm/embed-locally.ts'
import { embedEntries } from '../../src/memory/embed-entries.ts'
import { type MemorySearch, searchMemory } from '../../src/memory/search-memory.ts'
import { weighTerms } from '../../src/memory/weigh-terms.ts'
import { analyseMemoryQuery } from '../../src/store/queries/analyse-memory-query.ts'
import { rankPassingEntries } from '../../src/store/queries/rank-memory-entries.ts'
import { changeEvents, outcomes, overrides } from '../../src/store/schema/events.ts'
import { workItems } from '../../src/store/schema/facts.ts'
import { memoryEntries, pendingMemory, savedDecisions } from '../../src/store/schema/memory.ts'
import { type CorpusQuestion, createCorpus, YEAR } from './memory-corpus.ts'
import { openScratchDatabase } from './scratch-database.ts'

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    entries: { type: 'string', default: '100000' },
    embedder: { type: 'string', default: 'none' },
    keep: { type: 'string' },
  },
})
const count = Number(options.entries)
if (!(count > 0) || !['none', 'lexical'].includes(options.embedder)) {
  console.error(
    'usage: node test/bench/memory-scale.ts [--entries N] [--url URL] [--embedder none|lexical] [--keep NAME]',
  )
  process.exit(2)
}
const SEARCHES_A_FILTER = 60
const embed = options.embedder === 'lexical' ? createLocalEmbedder() : null
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
  const seconds = stored >= count ? null : await fill()
  const vectorSeconds = await embedAll()
  const questions = corpus.questions(count, SEARCHES_A_FILTER)
  for (const question of questions) await search(question, {})
  const times: { filter: string; kind: string; ms: number }[] = []
  for (const [filter, more] of Object.entries(filters)) {
    for (const question of questions) times.push({ filter, kind: question.kind, ms: await search(question, more) })
  }
  console.log(
    JSON.stringify({
      database: database.description,
      entries: count,
      entriesPerSecond: seconds && Math.round(count / seconds),
      vectorsPerSecond: vectorSeconds && Math.round(count / vectorSeconds),
      embedder: options.embedder,
      searches: times.length,
      ...quantiles(times),
      byFilter: grouped(times, 'filter'),
      byQuestion: grouped(times, 'kind'),
      agreement: await measureAgreement(questions.slice(0, 20)),
    }),
  )
} finally {
  await database.close()
}

/** Seconds of making entries and indexing them, without storing their sources. */
async function fill(): Promise<number> {
  let milliseconds = 0
  for (let from = 0; from < count; from += 5000) {
    await store(from, Math.min(from + 5000, count))
    const indexingFrom = performance.now()
    await indexMemory(database, null)
    milliseconds += performance.now() - indexingFrom
  }
  await db.execute('vacuum analyze')
  return milliseconds / 1000
}

async function embedAll(): Promise<number | null> {
  if (!embed) return null
  const from = performance.now()
  const done = await embedEntries(database, embed, count)
  return done === 0 ? null : (performance.now() - from) / 1000
}

async function store(from: number, to: number): Promise<void> {
  const batch = corpus.batch(from, to)
  const pending = [
    ...batch.overrides.map(({ workflow, id }) => ({ kind: 'override' as const, workflow, sourceId: id })),
    ...batch.decisions.map(({ workflow, id }) => ({ kind: 'decision' as const, workflow, sourceId: id })),
    ...batch.changes.map(({ workflow, id }) => ({ kind: 'change' as const, workflow, sourceId: id })),
  ].map((source) => ({ ...source, changedAt: day(0) }))
  await inParts(batch.overrides, (part) => db.insert(overrides).values(part))
  await inParts(batch.decisions, (part) => db.insert(savedDecisions).values(part))
  await inParts(batch.changes, (part) => db.insert(changeEvents).values(part))
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
  await inParts(pending, (part) => db.insert(pendingMemory).values(part))
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

function grouped(times: { filter: string; kind: string; ms: number }[], by: 'filter' | 'kind') {
  const groups = Object.entries(Object.groupBy(times, (time) => time[by]))
  return Object.fromEntries(groups.map(([name, group]) => [name, quantiles(group!)]))
}

function quantiles(times: { ms: number }[]): { p50Ms: number; p95Ms: number } {
  const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number) => Number(sorted[Math.ceil(share * sorted.length) - 1]!.toFixed(1))
  return { p50Ms: at(0.5), p95Ms: at(0.95) }
}
