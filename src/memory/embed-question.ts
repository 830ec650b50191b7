import { Problem } from '../domain/problem.ts'
import type { Embedder } from '../llm/embedder.ts'

/** Milliseconds for which no question asks again after one did not get a vector: each would wait in vain. */
const REST = 30_000
const restingUntil = new WeakMap<Embedder, number>()

/**
 * A question's vector; of an embedder that looks at words one by one, with each as weighty as it is rare. Null where none is to
 * be had now: the endpoint does not answer or the budget is spent; search then goes on by words, and the embedder's
 * `onUnavailable` is told.
 */
export async function embedQuestion(
  embed: Embedder,
  text: string,
  rarity: ReadonlyMap<string, number>,
): Promise<number[] | null> {
  if (embed.embedByRarity) return embed.embedByRarity(text, rarity)
  if ((restingUntil.get(embed) ?? 0) > performance.now()) return null
  try {
    const [vector] = await embed.embed([text], 'question')
    return vector ?? null
  } catch (error) {
    if (!(error instanceof Problem) || !error.code.startsWith('embedding_')) throw error
    restingUntil.set(embed, performance.now() + REST)
    embed.onUnavailable?.(error)
    return null
  }
}
