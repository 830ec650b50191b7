import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { memoryEntries, toldStories } from '../schema/memory.ts'
import { markPendingMemory } from './mark-changes.ts'

export interface WantedStory {
  /** Id of the run's memory entry. */
  entry: string
  workflow: string
  traceId: string
  /** Content hash of the text that is to be told. */
  tells: string
}

export interface ToldStory {
  tells: string
  text: string
  model: string
  toldAt: Date
}

/** Stories that were told, by entry. */
export async function listToldStories(db: Db, entries: readonly string[]): Promise<Map<string, ToldStory>> {
  if (entries.length === 0) return new Map()
  const rows = await db
    .select()
    .from(toldStories)
    .where(and(inArray(toldStories.entry, [...entries]), isNotNull(toldStories.text)))
  return new Map(
    rows.map(({ entry, tells, text, model, toldAt }) => [
      entry,
      { tells, text: text!, model: model!, toldAt: toldAt! },
    ]),
  )
}

/** Has the stories told, each once for a text. Call it in the transaction that stores the text. */
export async function wantStories(tx: Db, wanted: readonly WantedStory[]): Promise<void> {
  if (wanted.length === 0) return
  await tx
    .insert(toldStories)
    .values([...wanted])
    .onConflictDoUpdate({
      target: toldStories.entry,
      set: { tells: sql`excluded.tells`, wantedAt: sql`now()`, text: null, model: null, toldAt: null },
      setWhere: sql`${toldStories.tells} <> excluded.tells`,
    })
}

/** Stories that wait and whose text has not changed for so long, with that text, those of the newest runs first. */
export async function listWantedStories(
  db: Db,
  { quietSeconds, limit }: { quietSeconds: number; limit: number },
): Promise<(WantedStory & { text: string })[]> {
  const { entry, workflow, traceId, tells } = toldStories
  return db
    .select({ entry, workflow, traceId, tells, text: memoryEntries.text })
    .from(toldStories)
    .innerJoin(memoryEntries, and(eq(memoryEntries.id, toldStories.entry), isNull(memoryEntries.knownUntil)))
    .where(
      and(isNull(toldStories.toldAt), lt(toldStories.wantedAt, sql`now() - make_interval(secs => ${quietSeconds})`)),
    )
    .orderBy(desc(memoryEntries.occurredAt), asc(toldStories.entry))
    .limit(limit)
}

/**
 * Keeps what a model told (null: it was refused), and has the entry made again. What changed or was erased meanwhile is left
 * alone.
 */
export async function saveToldStory(
  db: Db,
  { entry, tells }: WantedStory,
  told: { text: string | null; model: string; tokens: number; toldAt: Date },
): Promise<void> {
  await db.transaction(async (tx) => {
    const kept = await tx
      .update(toldStories)
      .set({ ...told, tokens: sql`${toldStories.tokens} + ${told.tokens}`, spentAt: told.toldAt })
      .where(and(eq(toldStories.entry, entry), eq(toldStories.tells, tells), isNull(toldStories.toldAt)))
      .returning({ workflow: toldStories.workflow, sourceId: toldStories.traceId })
    if (told.text === null) return
    await markPendingMemory(
      tx,
      kept.map((source) => ({ kind: 'run' as const, ...source })),
      told.toldAt,
    )
  })
}

/** Tokens that stories took since an instant, by an estimate. One that was told twice since then counts with all it ever took. */
export async function countStoryTokens(db: Db, since: Date): Promise<number> {
  const [row] = await db
    .select({ tokens: sql<number>`coalesce(sum(${toldStories.tokens}), 0)::float8` })
    .from(toldStories)
    .where(sql`${toldStories.spentAt} >= ${since.toISOString()}::timestamptz`)
  return row!.tokens
}
