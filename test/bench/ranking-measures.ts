/** Normalised discounted cumulative gain of the first `depth`, with gain 2^relevance − 1 (Järvelin and Kekäläinen 2002). */
export function discountedGain(found: readonly string[], relevant: ReadonlyMap<string, number>, depth: number): number {
  const gainOf = (relevances: readonly number[]) =>
    relevances.slice(0, depth).reduce((sum, relevance, place) => sum + (2 ** relevance - 1) / Math.log2(place + 2), 0)
  const best = gainOf([...relevant.values()].sort((a, b) => b - a))
  return best === 0 ? 0 : gainOf(found.map((id) => relevant.get(id) ?? 0)) / best
}

/** Share of the relevant documents that are among the first `depth`. */
export function recall(found: readonly string[], relevant: ReadonlyMap<string, number>, depth: number): number {
  const among = new Set(found.slice(0, depth))
  return [...relevant.keys()].filter((id) => among.has(id)).length / relevant.size
}
