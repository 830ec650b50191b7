import type { Db } from '../store/client.ts'
import { markRunsChanged } from '../store/queries/mark-runs-changed.ts'

/**
 * Has the runs of a workflow (null: of all) that started inside a half-open period priced again, at the prices that now
 * hold for the time of each call. The next attribution adds a version to each fact that differs; what was known before
 * stays askable. Returns how many runs are marked.
 */
export async function repriceWorkflow(
  db: Db,
  workflow: string | null,
  period: { from: Date; to: Date | null },
  now: Date = new Date(),
): Promise<number> {
  return markRunsChanged(db, { workflow, ...period }, now)
}
