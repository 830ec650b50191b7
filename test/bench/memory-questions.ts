import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { loadDemo } from '../../src/demo/load-demo.ts'
import type { MemoryEntry, MemoryHit } from '../../src/domain/memory-entry.ts'
import { attribute } from '../../src/jobs/attribute.ts'
import { indexMemory } from '../../src/jobs/index-memory.ts'
import { createLocalEmbedder } from '../../src/llm/embed-locally.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { embeddedDatabase } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { memoryEntries } from '../../src/store/schema/memory.ts'
import { answers, judge, readMemoryQuestions } from './memory-evaluation.ts'

/**
 * `npm run eval:memory`: the judged questions over the memory of the whole demo, by the product's own search. Each question
 * is searched as it is written, as agents and `/docket find` do.
 */
const database = await embeddedDatabase(await PGlite.create({ extensions: { vector } }))
await migrateDatabase(database)
const now = new Date('2026-11-27T08:00:00Z')
await loadDemo(database, { now, timeZone: 'UTC' })
await attribute(database, () => {})
const embed = createLocalEmbedder()
await indexMemory(database, embed)
const { db } = database
const entries = (await db.select().from(memoryEntries)).filter((entry) => entry.knownUntil === null)
const questions = readMemoryQuestions()
const answering = new Map(
  questions.map(({ topic, judged }) => [
    topic,
    entries.filter((entry) => answers(entry as MemoryEntry, judged)).length,
  ]),
)
const unanswered = [...answering].filter(([, count]) => count === 0).map(([topic]) => topic)
if (unanswered.length > 0) throw new Error(`nothing in the demo answers ${unanswered.join(', ')}`)

const words: (ReturnType<typeof judge> & { set: string })[] = []
for (const { question, topic, set, judged } of questions) {
  const score = (hits: MemoryHit[]) =>
    judge(
      hits.map(({ entry }) => answers(entry, judged)),
      answering.get(topic)!,
    )
  const own = score(await searchMemory(db, { text: question, limit: 10, embed }))
  words.push({ ...own, set })
  if (own.recall5 < 1) console.log(JSON.stringify({ question, topic, answering: answering.get(topic), ...own }))
}
const mean = (of: readonly number[]) => Number((of.reduce((sum, one) => sum + one, 0) / of.length).toFixed(3))
const summary = (scores: typeof words) => ({
  questions: scores.length,
  recall5: mean(scores.map((score) => score.recall5)),
  mrr: mean(scores.map((score) => score.reciprocalRank)),
})
const bySet = Object.fromEntries(
  Object.entries(Object.groupBy(words, ({ set }) => set)).map(([set, scores]) => [set, summary(scores!)]),
)
console.log(JSON.stringify({ entries: entries.length, topics: answering.size, ...summary(words), ...bySet }))
await database.close()
