/** What a text is embedded for: to be found, or to find. A person waits for a question. */
export type EmbeddingUse = 'entries' | 'question'

/** Turns texts into vectors whose nearness is likeness. */
export interface Embedder {
  /** Name under which the vectors are kept; another name is another set of vectors. */
  model: string
  dimensions: number
  /** Knows spelling only, not meaning: it reorders what words found, and finds nothing by itself. */
  lexical: boolean
  /** One vector a text, in order, of length 1. Throws a Problem (`embedding_…`) where there are none to be had now. */
  embed(texts: readonly string[], use?: EmbeddingUse): Promise<number[][]>
  /**
   * A question's vector in which each word weighs as much as `rarity` (by word in lower case) says: what an embedder can do
   * that looks at words one by one. Words that are not there weigh nothing; where none is, there is no vector.
   */
  embedByRarity?(question: string, rarity: ReadonlyMap<string, number>): number[] | null
  /** Told when a question has to do without a vector. */
  onUnavailable?: ((problem: Error) => void) | undefined
}

/** Counts what embedding takes, and says when it must stop. */
export interface EmbeddingMeter {
  /** Takes tokens before a call, by an estimate. Throws a Problem where there are none left, or the endpoint must rest. */
  take(tokens: number, use: EmbeddingUse): Promise<{ correct(used: number): Promise<void> }>
  /** The endpoint asked to be left alone for so many seconds. */
  pause(seconds: number): Promise<void>
}

/** The vector scaled to length 1; a vector of zeros stays as it is. */
export function toUnitLength(vector: number[]): number[] {
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map((value) => value / length)
}
