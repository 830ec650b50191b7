import type { Embedder } from '../llm/embedder.ts'
import type { Database } from '../store/client.ts'
import {
  ensureEmbeddingIndex,
  listEntriesWithoutEmbedding,
  saveEmbeddings,
} from '../store/queries/memory-embeddings.ts'

const BATCH = 128

/**
 * Gives entries that lack one a vector of the embedder's model, at most `limit` of them, oldest first. After a change of
 * model it fills the new one in beside the old, while search goes on. Returns how many were embedded.
 */
export async function embedEntries(database: Database, embed: Embedder, limit: number): Promise<number> {
  // What a lexical embedder reorders was found by words: its vectors are compared one by one and need no index.
  if (!embed.lexical) await ensureEmbeddingIndex(database.db, embed)
  let done = 0
  let after = 0
  while (done < limit) {
    const entries = await listEntriesWithoutEmbedding(database.db, embed.model, after, Math.min(BATCH, limit - done))
    if (entries.length === 0) break
    const vectors = await embed.embed(entries.map((entry) => entry.text))
    await saveEmbeddings(
      database.db,
      embed.model,
      entries.map((entry, index) => ({ entry: entry.number, vector: vectors[index]! })),
    )
    done += entries.length
    after = entries.at(-1)!.number
  }
  return done
}
