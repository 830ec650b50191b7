import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { MemoryEntry } from '../../src/domain/memory-entry.ts'

/** What answers a question: entries that say one of the texts, or that are about the item. */
const Topic = z.strictObject({
  contains: z.array(z.string()),
  also: z.array(z.string()).optional(),
  kinds: z.array(z.string()).optional(),
  workItem: z.string().optional(),
})
export type Topic = z.infer<typeof Topic>

const Fixture = z.strictObject({
  topics: z.record(z.string(), Topic),
  questions: z.array(z.strictObject({ question: z.string(), topic: z.string(), set: z.literal('second').optional() })),
})

/**
 * Questions as different people would put them to the demo's memory, each with what answers it. The judgement is by content: an
 * entry answers that says it, whichever of the equal cases it is of. The second set was written when the search had been
 * measured by the first one only, before anybody saw what it finds.
 */
export function readMemoryQuestions() {
  const path = new URL('../fixtures/memory-questions.json', import.meta.url)
  const { topics, questions } = Fixture.parse(JSON.parse(readFileSync(path, 'utf8')))
  return questions.map(({ question, topic, set }) => ({ question, topic, set: set ?? 'first', judged: topics[topic]! }))
}

export function answers(entry: Pick<MemoryEntry, 'kind' | 'text' | 'title' | 'workItemId'>, topic: Topic): boolean {
  if (topic.kinds && !topic.kinds.includes(entry.kind)) return false
  if (topic.workItem !== undefined) return entry.workItemId === topic.workItem
  return [...topic.contains, ...(topic.also ?? [])].some((said) => `${entry.title}\n${entry.text}`.includes(said))
}

const FIRST = 5

/** Recall among the first five: of the answering entries, as many as could stand there. And one over the rank of the first. */
export function judge(found: readonly boolean[], answering: number): { recall5: number; reciprocalRank: number } {
  const first = found.slice(0, FIRST)
  const rank = found.indexOf(true)
  return {
    recall5: answering === 0 ? 0 : first.filter(Boolean).length / Math.min(FIRST, answering),
    reciprocalRank: rank < 0 ? 0 : 1 / (rank + 1),
  }
}
