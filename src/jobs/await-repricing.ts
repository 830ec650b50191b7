import { setTimeout as sleep } from 'node:timers/promises'
import { finishRepricing } from '../attribution/finish-repricing.ts'
import { Problem } from '../domain/problem.ts'
import type { Database } from '../store/client.ts'
import type { Reattribution } from '../store/queries/reattributions.ts'

const PAUSE_MILLISECONDS = 250

/**
 * Waits until the runs that were to be priced again are done, helping with the work, and records what came of it. Throws a
 * Problem when `patience` (milliseconds) ran out first: the queue asks again later. Null where nobody asked under that id.
 */
export async function awaitRepricing(
  id: string,
  options: { database: Database; attribute: () => Promise<void>; clock: () => Date; patience: number },
): Promise<Reattribution | null> {
  const { database, attribute, clock, patience } = options
  const deadline = performance.now() + patience
  while (performance.now() <= deadline) {
    await attribute()
    const finished = await finishRepricing(database.db, id, clock())
    if (finished.isDone) return finished.request
    // What is left is in another process's hands.
    await sleep(PAUSE_MILLISECONDS)
  }
  throw new Problem('repricing_unfinished', `Runs of the re-pricing ${id} still wait for their facts.`)
}
