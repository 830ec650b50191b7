/**
 * `node test/bench/memory-scale.ts DIR [--entries N] [--url URL]`: time of indexing and searching N entries
 * that are spliced from DIR's documents, in 8 workflows over a year, with and without filters, words alone.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { indexPending } from '../../src/memory/index-pending.ts'
import { type MemorySearch, searchMemory } from '../../src/memory/search-memory.ts'
import { pendingMemory, savedDecisions } from '../../src/store/schema/memory.ts'
import { openScratchDatabase } from './scratch-database.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, entries: { type: 'string', default: '100000' } },
})
const count = Number(options.entries)
const [directory] = positionals
if (directory === undefined || !(count > 0)) {
  console.error('usage: node test/bench/memory-scale.ts DIR [--entries N] [--url URL]')
  process.exit(2)
}
const readTexts = (file: string) =>
  readFileSync(join(directory, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text)
const texts = readTexts('docs.jsonl')
const questions = readTexts('queries.jsonl')
const start = Date.parse('2026-01-01T00:00:00Z')
const minute = 60_000

const database = await openScratchDatabase(options.url)
try {
  for (let from = 0; from < count; from += 1000) await store(from, Math.min(from + 1000, count))
  const indexingFrom = performance.now()
  while ((await indexPending(database, null, 5000)) > 0);
  const seconds = (performance.now() - indexingFrom) / 1000
  await database.db.execute('analyze')
  const times = {
    all: await timeSearches({}),
    workflow: await timeSearches({ workflow: 'workflow-3' }),
    month: await timeSearches({
      workflow: 'workflow-3',
      from: new Date('2026-03-01T00:00:00Z'),
      to: new Date('2026-04-01T00:00:00Z'),
    }),
    item: await timeSearches({ workItemId: 'item-77' }),
    knownAt: await timeSearches({ knownAt: new Date('2026-02-01T00:00:00Z') }),
    misspelt: await timeSearches({}, misspell),
  }
  console.log(
    JSON.stringify({
      database: database.description,
      entries: count,
      entriesPerSecond: Math.round(count / seconds),
      ...times,
    }),
  )
} finally {
  await database.close()
}

/** Halves of two documents each, so that entries differ and words keep their frequencies. */
async function store(from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index)
  await database.db.insert(savedDecisions).values(
    numbers.map((number) => {
      const first = texts[number % texts.length]!
      const second = texts[(number * 7919 + Math.floor(number / texts.length)) % texts.length]!
      const at = new Date(start + ((number * 5) % 525_600) * minute)
      return {
        id: `d-${number}`,
        workflow: `workflow-${number % 8}`,
        workItemId: `item-${number % 5000}`,
        title: first.slice(0, 60),
        text: `${first.slice(60, 500)} ${second.slice(0, 400)}`,
        actor: `person-${number % 40}`,
        channel: 'bench',
        messageTs: String(number),
        messages: [],
        occurredAt: at,
        recordedAt: at,
      }
    }),
  )
  await database.db.insert(pendingMemory).values(
    numbers.map((number) => ({
      kind: 'decision' as const,
      workflow: `workflow-${number % 8}`,
      sourceId: `d-${number}`,
      changedAt: new Date(start),
    })),
  )
}

async function timeSearches(filter: Omit<MemorySearch, 'text' | 'limit'>, change = (text: string) => text) {
  const times: number[] = []
  for (let round = 0; round < 3; round++) {
    for (const question of questions) {
      const from = performance.now()
      await searchMemory(database.db, { text: change(question), limit: 10, ...filter })
      if (round > 0) times.push(performance.now() - from)
    }
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Number(times[Math.ceil(share * times.length) - 1]!.toFixed(1))
  return { p50Ms: at(0.5), p95Ms: at(0.95) }
}

/** Swaps the middle letters of the longest word. */
function misspell(text: string): string {
  const longest = (text.match(/[a-z]+/gi) ?? ['']).reduce((best, word) => (word.length > best.length ? word : best))
  const middle = longest.length >> 1
  return text.replace(
    longest,
    longest.slice(0, middle - 1) + longest.charAt(middle) + longest.charAt(middle - 1) + longest.slice(middle + 1),
  )
}
