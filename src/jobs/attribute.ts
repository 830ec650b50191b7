import { attributeChanges } from '../attribution/attribute-changes.ts'
import type { Database } from '../store/client.ts'
import { analyzeGrownTables } from '../store/queries/analyze-grown-tables.ts'
import type { GiveWay } from './give-way.ts'

export interface AttributionReport {
  traces: number
  failed: { traceId: string; message: string }[]
  failedWorkItems: { workflow: string; workItemId: string; message: string }[]
}

/**
 * Builds facts until nothing that changed waits any more. Another process may take part of the work: what it holds is
 * its to finish.
 */
export async function attribute(
  database: Database,
  onBatch: (report: AttributionReport) => void,
  giveWay: GiveWay = async () => {},
): Promise<void> {
  for (;;) {
    const begun = performance.now()
    const batch = await attributeChanges(database)
    onBatch(batch)
    if (!batch.remaining) break
    await giveWay(performance.now() - begun)
  }
  await analyzeGrownTables(database.db)
}
