import type { Embedder } from '../llm/embedder.ts'
import type { Database } from '../store/client.ts'
import { noteEmbeddingsFilled, noteEmbeddingsWaiting } from '../store/queries/embedding-coverage.ts'
import {
  ensureEmbeddingIndex,
  listEntriesWithoutEmbedding,
  saveEmbeddings,
} from '../store/queries/memory-embeddings.ts'
import { mustWait } from './embedding-meter.ts'

const BATCH = 128

/**
 * Gives entries that lack one a vector of the embedder's model, at most `limit` of them, oldest first. After a change of
 * model it fills the new one in beside the old, while search goes on by words. What the budget has nothing left for waits
 * for the next time. Returns how many were embedded.
 */
export async function embedEntries(database: Database, embed: Embedder, limit: number): Promise<number> {
  const { db } = database
  // What a lexical embedder reorders was found by words: its vectors are compared one by one and need no index.
  if (!embed.lexical) await ensureEmbeddingIndex(db, embed)
  let done = 0
  let after = 0
  let size = BATCH
  while (done < limit) {
    const entries = await listEntriesWithoutEmbedding(db, embed.model, after, Math.min(size, limit - done))
    if (entries.length === 0) {
      if (!embed.lexical) await noteEmbeddingsFilled(db, embed.model)
      break
    }
    const vectors = await vectorsOf(embed, entries)
    if (vectors === null && entries.length === 1) {
      await noteEmbeddingsWaiting(db, embed.model)
      break
    }
    if (vectors === null) {
      // Less may fit into what is left of the budget.
      size = Math.floor(entries.length / 2)
      continue
    }
    await saveEmbeddings(
      db,
      embed.model,
      entries.map((entry, index) => ({ entry: entry.number, vector: vectors[index]! })),
    )
    done += entries.length
    after = entries.at(-1)!.number
  }
  return done
}

/** Null where embedding must wait. */
async function vectorsOf(embed: Embedder, entries: readonly { text: string }[]): Promise<number[][] | null> {
  try {
    return await embed.embed(entries.map((entry) => entry.text))
  } catch (error) {
    if (mustWait(error)) return null
    throw error
  }
}
