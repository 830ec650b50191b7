/**
 * Lets calls that ask for the same at the same time share one lookup. Each is answered by a lookup that began after it asked, so nobody
 * is told what was true before: who asks while one is under way waits for the next.
 */
export function shareLookups<Found>(find: (key: string) => Promise<Found>): (key: string) => Promise<Found> {
  const running = new Map<string, Promise<Found>>()
  const next = new Map<string, Promise<Found>>()
  const begin = (key: string): Promise<Found> => {
    next.delete(key)
    const lookup = find(key)
    running.set(key, lookup)
    const forget = () => {
      if (running.get(key) === lookup) running.delete(key)
    }
    lookup.then(forget, forget)
    return lookup
  }
  return (key) => {
    const current = running.get(key)
    if (!current) return begin(key)
    // Whether the one under way finds anything or fails is not for those who asked after it began.
    const beginNext = () => begin(key)
    const shared = next.get(key) ?? current.then(beginNext, beginNext)
    next.set(key, shared)
    return shared
  }
}
