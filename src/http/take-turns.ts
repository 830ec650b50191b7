/**
 * Runs at most `atOnce` pieces of work at the same time; the others wait in order. What a waiting call holds in memory is
 * its body alone, not the many times larger forms that it takes while it is read and stored.
 */
export function createTurns(atOnce: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The turn is handed on, so it stays counted.
      if (next) next()
      else running -= 1
    }
  }
}
