export interface Scored {
  score: number
  /** Identifiers of the question that the entry has: they outrank every score. */
  exact: number
}

/**
 * Words and vectors as one score: each scaled by its best, the vectors' by `weight` (a convex combination ranks better
 * than reciprocal ranks and depends less on its parameter: Bruch, Gai and Ingber 2023; so it was with the local embedder
 * on CACM, where reciprocal ranks cost .02 of nDCG@10). An entry that words found and that has no vector yet counts as like as
 * those found beside it are on average.
 */
export function fuseScores(
  words: ReadonlyMap<number, Scored>,
  likeness: ReadonlyMap<number, number>,
  weight: number,
): Map<number, Scored> {
  const bestWords = Math.max(...[...words.values()].map(({ score }) => score), 0)
  const bestLikeness = Math.max(...likeness.values(), 0)
  const scaled = (value: number | undefined, best: number) => (value === undefined || best <= 0 ? 0 : value / best)
  const known = [...words.keys()].flatMap((entry) => likeness.get(entry) ?? [])
  const usual = known.length > 0 ? known.reduce((sum, one) => sum + one, 0) / known.length : undefined
  const fused = new Map<number, Scored>()
  for (const entry of new Set([...words.keys(), ...likeness.keys()])) {
    const found = words.get(entry)
    const score =
      scaled(found?.score, bestWords) + weight * Math.max(scaled(likeness.get(entry) ?? usual, bestLikeness), 0)
    fused.set(entry, { score, exact: found?.exact ?? 0 })
  }
  return fused
}
