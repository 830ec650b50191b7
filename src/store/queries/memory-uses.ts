import { and, asc, inArray, isNull, lte } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { runFacts } from '../schema/facts.ts'
import { memoryEntries, memoryUses } from '../schema/memory.ts'
import { markPendingMemory } from './mark-changes.ts'

/** One question that an agent put to memory while it worked on a trace. */
export interface MemoryUse {
  traceId: string
  tool: string
  asked: Record<string, unknown>
  /** Ids of the entries that came back, best first. */
  entries: string[]
  usedAt: Date
}

/** Records a use, and notes that the story of its run must be told again where the run is known already. */
export async function insertMemoryUse(db: Db, use: MemoryUse): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(memoryUses).values(use)
    const runs = await tx
      .select({ workflow: runFacts.workflow })
      .from(runFacts)
      .where(and(inArray(runFacts.traceId, [use.traceId]), isNull(runFacts.knownUntil)))
    await markPendingMemory(
      tx,
      runs.map(({ workflow }) => ({ kind: 'run' as const, workflow, sourceId: use.traceId })),
      use.usedAt,
    )
  })
}

/** Uses on the traces by an instant (null: all so far), in order of time. */
export async function listMemoryUses(db: Db, traceIds: readonly string[], until: Date | null): Promise<MemoryUse[]> {
  if (traceIds.length === 0) return []
  const rows = await db
    .select()
    .from(memoryUses)
    .where(and(inArray(memoryUses.traceId, [...traceIds]), until ? lte(memoryUses.usedAt, until) : undefined))
    .orderBy(asc(memoryUses.usedAt), asc(memoryUses.number))
  return rows.map(({ number: _, ...use }) => use)
}

/** Titles of entries as they stand now, by id. */
export async function listEntryTitles(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: memoryEntries.id, title: memoryEntries.title })
    .from(memoryEntries)
    .where(and(inArray(memoryEntries.id, [...ids]), isNull(memoryEntries.knownUntil)))
  return new Map(rows.map((row) => [row.id, row.title]))
}
