/** Turns texts into vectors whose nearness is likeness. */
export interface Embedder {
  /** Name under which the vectors are kept; another name is another set of vectors. */
  model: string
  dimensions: number
  /** Knows spelling only, not meaning: it reorders what words found, and finds nothing by itself. */
  lexical: boolean
  /** One vector a text, in order, of length 1. */
  embed(texts: readonly string[]): Promise<number[][]>
}

/** The vector scaled to length 1; a vector of zeros stays as it is. */
export function toUnitLength(vector: number[]): number[] {
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map((value) => value / length)
}
