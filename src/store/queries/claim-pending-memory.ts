import { sql } from 'drizzle-orm'
import type { MemoryKind } from '../../domain/memory-entry.ts'
import { type Db, selectRows } from '../client.ts'

export interface PendingSource {
  kind: MemoryKind
  workflow: string
  sourceId: string
}

/**
 * Takes the oldest pending sources out of the outbox, what people did before what runs did: somebody may look for it at once; those that another process is taking are skipped. Call it in the
 * transaction that makes their entries: where that fails they are pending again.
 */
export async function claimPendingMemory(tx: Db, limit: number): Promise<PendingSource[]> {
  const rows = await selectRows<{ kind: MemoryKind; workflow: string; source_id: string }>(
    tx,
    sql`delete from pending_memory where (kind, workflow, source_id) in (
        select kind, workflow, source_id from pending_memory
        order by kind = 'run', changed_at, kind, workflow, source_id limit ${limit} for update skip locked
      ) returning kind, workflow, source_id`,
  )
  return rows.map((row) => ({ kind: row.kind, workflow: row.workflow, sourceId: row.source_id }))
}
