import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../store/client.ts'
import { hasUnsettledChanges } from '../store/queries/has-unsettled-changes.ts'

const PAUSE_MILLISECONDS = 50

/**
 * Waits until everything acknowledged so far has its facts, helping with the work, so that who posts and then asks is
 * answered on what was posted. Resolves to false when `patience` (milliseconds) ran out first.
 */
export function createSettle(options: {
  database: Database
  attribute: () => Promise<void>
  clock: () => Date
  patience: number
}): () => Promise<boolean> {
  const { database, attribute, clock, patience } = options
  return async () => {
    const until = clock()
    const deadline = performance.now() + patience
    while (await hasUnsettledChanges(database.db, until)) {
      if (performance.now() > deadline) return false
      await attribute()
      // What is left is in another process's hands.
      if (await hasUnsettledChanges(database.db, until)) await sleep(PAUSE_MILLISECONDS)
    }
    return true
  }
}
