/**
 * Runs pieces of work at the same time as long as their sizes come to no more than `most`, and always one; the others wait
 * in order. What a waiting call holds in memory is its body alone, not the many times larger forms that it takes while it
 * is read and stored.
 */
export function createTurns(most: number): <Result>(size: number, work: () => Promise<Result>) => Promise<Result> {
  let running = 0
  let total = 0
  const waiting: { size: number; begin: () => void }[] = []
  const beginNext = () => {
    for (let next = waiting[0]; next && (running === 0 || total + next.size <= most); next = waiting[0]) {
      waiting.shift()
      running += 1
      total += next.size
      next.begin()
    }
  }
  return async (size, work) => {
    await new Promise<void>((begin) => {
      waiting.push({ size, begin })
      beginNext()
    })
    try {
      return await work()
    } finally {
      running -= 1
      total -= size
      beginNext()
    }
  }
}
