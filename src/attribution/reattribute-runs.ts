import { randomUUID } from 'node:crypto'
import type { Db } from '../store/client.ts'
import { markRunsChanged } from '../store/queries/mark-runs-changed.ts'
import { insertReattribution, type Reattribution } from '../store/queries/reattributions.ts'

/**
 * Has the runs of a workflow (null: of all) that started inside a half-open period attributed again, at the prices that now
 * hold for the time of each call and by the names that now hold, and keeps who asked for it. The next attribution adds a
 * version to each fact that differs; what was known before stays askable. Runs whose spans retention has dropped stay as
 * they are.
 */
export function reattributeRuns(
  db: Db,
  request: Omit<Reattribution, 'id' | 'runs' | 'result'>,
): Promise<Reattribution> {
  const { workflow, from, to, requestedAt } = request
  return db.transaction(async (tx) => {
    const runs = await markRunsChanged(tx, { workflow, from, to }, requestedAt)
    const reattribution = { id: randomUUID(), ...request, runs, result: null }
    await insertReattribution(tx, reattribution)
    return reattribution
  })
}
