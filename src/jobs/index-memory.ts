import type { Embedder } from '../llm/embedder.ts'
import { indexPending } from '../memory/index-pending.ts'
import type { Database } from '../store/client.ts'

const BATCH = 200

/** Makes memory entries until no source waits any more. Between batches other work has its turn. */
export async function indexMemory(database: Database, embedder: Embedder | null): Promise<void> {
  while ((await indexPending(database, embedder, BATCH)) === BATCH) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}
