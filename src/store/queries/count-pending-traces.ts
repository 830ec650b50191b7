import type { Db } from '../client.ts'
import { changedTraces } from '../schema/spans.ts'

/** Traces that wait for their facts. */
export function countPendingTraces(db: Db): Promise<number> {
  return db.$count(changedTraces)
}
