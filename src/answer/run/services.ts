import type { Analysis } from '../../analysis/analysis.ts'
import type { MemoryHit } from '../../domain/memory-entry.ts'
import type { AnalysisName } from '../../domain/plan.ts'
import type { ModelClient } from '../../llm/client.ts'
import type { Embedder } from '../../llm/embedder.ts'
import type { MemorySearch } from '../../memory/search-memory.ts'
import type { Db } from '../../store/client.ts'

export interface AnswererOptions {
  db: Db
  catalogue: ReadonlyMap<AnalysisName, Analysis>
  searchMemory: (db: Db, search: MemorySearch) => Promise<MemoryHit[]>
  /** Whose vectors help to find cases like an item. */
  embed?: Embedder | null
  /** Waits until what was acknowledged has its facts; false where it gave up waiting. */
  settle: () => Promise<boolean>
  /** Null: rules and templates alone. */
  model: ModelClient | null
  clock: () => Date
  /** Of days and weeks, where the question names none. */
  timeZone: string
  /** Prefix of links, without a trailing slash. */
  baseUrl: string
  /** Told of what went wrong with the model; the answer goes on without it. */
  onModelFailure?: (error: unknown) => void
  /** Told of a template's sentence that was not said, and of its figures that no finding has: a fault of the template. */
  onDroppedSentence?: (analysis: AnalysisName, unknown: readonly string[]) => void
}
