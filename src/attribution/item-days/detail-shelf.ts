export interface DetailShelf {
  /** `drop` forgets what is put here. It is called once room is wanted for others. */
  put(bytes: number, drop: () => void): void
}

/**
 * Decompressed details of one question, up to so many bytes: a year of them need not be in memory at once, because analyses
 * go from day to day. What was put first goes first.
 */
export function createDetailShelf(mostBytes: number): DetailShelf {
  const held: { bytes: number; drop(): void }[] = []
  let whole = 0
  return {
    put(bytes, drop) {
      held.push({ bytes, drop })
      whole += bytes
      while (whole > mostBytes && held.length > 1) {
        const first = held.shift()!
        whole -= first.bytes
        first.drop()
      }
    },
  }
}
