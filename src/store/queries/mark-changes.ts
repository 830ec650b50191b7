import { sql } from 'drizzle-orm'
import type { MemoryKind } from '../../domain/memory-entry.ts'
import type { Db } from '../client.ts'
import { changedWorkItems } from '../schema/facts.ts'
import { pendingMemory } from '../schema/memory.ts'
import { inChunks } from './in-chunks.ts'

/** Work items whose row must be projected again. Call it in the transaction that stored what changed them. */
export async function markChangedWorkItems(
  tx: Db,
  items: readonly { workflow: string; workItemId: string }[],
  changedAt: Date,
): Promise<void> {
  // In one order everywhere, so that two transactions never wait for each other.
  const rows = distinct(items, (item) => [item.workItemId, item.workflow]).map((item) => ({ ...item, changedAt }))
  await inChunks(rows, async (part) => {
    await tx
      .insert(changedWorkItems)
      .values(part)
      .onConflictDoUpdate({
        target: [changedWorkItems.workItemId, changedWorkItems.workflow],
        set: { changedAt: sql`excluded.changed_at`, ratesOnly: false },
      })
    return []
  })
}

/** Sources whose memory entry must be made. Call it in the transaction that stored the source. */
export async function markPendingMemory(
  tx: Db,
  sources: readonly { kind: MemoryKind; workflow: string; sourceId: string }[],
  changedAt: Date,
): Promise<void> {
  const rows = distinct(sources, (source) => [source.kind, source.workflow, source.sourceId]).map((source) => ({
    ...source,
    changedAt,
  }))
  await inChunks(rows, async (part) => {
    await tx
      .insert(pendingMemory)
      .values(part)
      .onConflictDoUpdate({
        target: [pendingMemory.kind, pendingMemory.workflow, pendingMemory.sourceId],
        set: { changedAt: sql`excluded.changed_at` },
      })
    return []
  })
}

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string[]): Item[] {
  const byKey = new Map(items.map((item) => [JSON.stringify(keyOf(item)), item]))
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}
