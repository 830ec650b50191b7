/**
 * The asking process of `bench:ask`: `node ask-questions.js '{"url" | "folder", "repetitions"}'` asks every question of the
 * world through the product's own answerer and prints times and its peak memory as JSON.
 */
import { catalogue } from '../../src/analysis/catalogue.ts'
import { quantileOfSorted } from '../../src/analysis/why/statistics.ts'
import { type Answerer, createAnswerer } from '../../src/answer/create-answerer.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { openEmbedded, openPostgres } from '../../src/store/client.ts'
import { askKinds, assertPlanned, type BenchQuestion, isFound } from './ask-kinds.ts'
import { WORLD_NOW } from './ask-world.ts'

interface Asking {
  url?: string
  folder?: string
  repetitions: number
  /** Only these kinds; all of them where it is left out. */
  kinds?: string[]
}

interface KindTimes {
  p50Ms: number
  p95Ms: number
  /** Processor time of the asking process, all its threads, p50: what a busy machine does not change. */
  cpuMs: number
  /** Share of questions of which the first cause was the planted one, or none where none was planted. */
  found?: number
}

const asking = JSON.parse(process.argv[2] ?? '{}') as Asking
const database = asking.url === undefined ? await openEmbedded(asking.folder!) : await openPostgres(asking.url)
try {
  const answerer = createAnswerer({
    db: database.db,
    catalogue,
    searchMemory: (on, search) => searchMemory(on, { ...search, embed: null }),
    settle: async () => true,
    model: null,
    clock: () => WORLD_NOW,
    timeZone: 'UTC',
    baseUrl: 'http://127.0.0.1:3000',
  })
  const kinds: Record<string, KindTimes> = {}
  for (const [kind, questions] of askKinds()) {
    if (asking.kinds && !asking.kinds.includes(kind)) continue
    kinds[kind] = await askKind(answerer, questions, asking.repetitions)
  }
  // Kibibytes. The peak, not what is left at the end.
  const memoryMb = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(JSON.stringify({ kinds, memoryMb }))
} finally {
  await database.close()
}

async function askKind(
  answerer: Answerer,
  questions: readonly BenchQuestion[],
  repetitions: number,
): Promise<KindTimes> {
  const times: number[] = []
  const worked: number[] = []
  const found = new Map<BenchQuestion, boolean>()
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const asked of questions) {
      const begun = performance.now()
      const processor = process.cpuUsage()
      const answer = await answerer.ask({ question: asked.question, asOf: WORLD_NOW })
      times.push(performance.now() - begun)
      const { user, system } = process.cpuUsage(processor)
      worked.push((user + system) / 1000)
      assertPlanned(answer, asked)
      if (asked.planted !== undefined) found.set(asked, isFound(answer, asked.planted))
    }
  }
  const sorted = Float64Array.from(times).sort()
  return {
    p50Ms: Math.round(quantileOfSorted(sorted, 0.5)),
    p95Ms: Math.round(quantileOfSorted(sorted, 0.95)),
    cpuMs: Math.round(quantileOfSorted(Float64Array.from(worked).sort(), 0.5)),
    ...(found.size > 0 && { found: [...found.values()].filter(Boolean).length / found.size }),
  }
}
