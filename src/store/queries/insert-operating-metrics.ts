import type { OperatingMetric } from '../../domain/operating-metric.ts'
import type { Db } from '../client.ts'
import { operatingMetrics } from '../schema/events.ts'
import { inChunks } from './in-chunks.ts'

/** Stores operating metrics; one whose id is there already is left as it is. Returns the keys of the new ones. */
export async function insertOperatingMetrics(
  tx: Db,
  rows: readonly OperatingMetric[],
): Promise<{ workflow: string; id: string }[]> {
  return inChunks(rows, (part) =>
    tx
      .insert(operatingMetrics)
      .values(part.map((row) => ({ ...row, workflow: row.workflow ?? '' })))
      .onConflictDoNothing()
      .returning({ workflow: operatingMetrics.workflow, id: operatingMetrics.id }),
  )
}
