import type { Embedder } from '../llm/embedder.ts'
import { indexPending } from '../memory/index-pending.ts'
import type { Database } from '../store/client.ts'
import { vacuumMemory } from '../store/queries/vacuum-memory.ts'
import type { GiveWay } from './give-way.ts'

const BATCH = 200

/** So many new sources change what the database knows of its tables; fewer are left to the next time. */
const MUCH = 500

/** Makes memory entries until no source waits any more. Between batches other work has its turn. */
export async function indexMemory(
  database: Database,
  embedder: Embedder | null,
  giveWay: GiveWay = async () => {},
): Promise<void> {
  let taken: number
  let total = 0
  do {
    const begun = performance.now()
    taken = await indexPending(database, embedder, BATCH)
    total += taken
    await new Promise((resolve) => setImmediate(resolve))
    await giveWay(performance.now() - begun)
  } while (taken === BATCH)
  if (total >= MUCH) await vacuumMemory(database)
}
