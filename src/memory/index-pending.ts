import type { Embedder } from '../llm/embedder.ts'
import type { Database } from '../store/client.ts'
import { claimPendingMemory } from '../store/queries/claim-pending-memory.ts'
import { saveMemoryEntries } from '../store/queries/save-memory-entries.ts'
import { applyToldStories } from './apply-told-stories.ts'
import { embedEntries } from './embed-entries.ts'
import { makeEntries } from './make-entries.ts'

/** Sources a transaction: what is lost and done again after a crash. */
const BATCH = 500

/**
 * Makes the entries of pending sources and indexes them, up to `limit` sources. Returns how many were taken: fewer than
 * `limit` means that none is left. Any number of processes may do it at once. Words are committed before vectors are
 * asked for, so a model that does not answer (it throws) leaves everything findable by words.
 */
export async function indexPending(database: Database, embed: Embedder | null, limit = 1000): Promise<number> {
  let taken = 0
  while (taken < limit) {
    const batch = await database.db.transaction(async (tx) => {
      const pending = await claimPendingMemory(tx, Math.min(BATCH, limit - taken))
      await saveMemoryEntries(tx, await applyToldStories(tx, await makeEntries(tx, pending)))
      return pending.length
    })
    taken += batch
    if (batch === 0) break
  }
  if (embed) await embedEntries(database, embed, limit * 4)
  return taken
}
