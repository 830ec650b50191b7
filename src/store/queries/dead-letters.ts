import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { deadLetters } from '../schema/spans.ts'

export type DeadLetter = typeof deadLetters.$inferSelect

/** The place of a letter in the list: what comes after it is older, or of the same request and behind it. */
export type DeadLetterPlace = Pick<DeadLetter, 'recordedAt' | 'memberIndex' | 'id'>

/** Keeps what was refused. The same refusal of the same content is kept once, with its latest time. */
export async function insertDeadLetters(db: Db, letters: readonly DeadLetter[]): Promise<void> {
  const distinct = [...new Map(letters.map((letter) => [letter.id, letter])).values()]
  if (distinct.length === 0) return
  await db
    .insert(deadLetters)
    .values(distinct.sort((a, b) => (a.id < b.id ? -1 : 1)))
    .onConflictDoUpdate({ target: deadLetters.id, set: { recordedAt: sql`excluded.recorded_at` } })
}

/** What belongs to no member (a whole body) comes behind the members of its request. */
const POSITION = sql`coalesce(${deadLetters.memberIndex}, 2147483647)`

/** Newest first, the members of one request in their order. `after`: those behind that place. */
export function listDeadLetters(
  db: Db,
  filter: { source?: string | undefined; after?: DeadLetterPlace | null; limit: number },
): Promise<DeadLetter[]> {
  const { source, after, limit } = filter
  return db
    .select()
    .from(deadLetters)
    .where(and(source === undefined ? undefined : eq(deadLetters.source, source), after ? behind(after) : undefined))
    .orderBy(desc(deadLetters.recordedAt), POSITION, deadLetters.id)
    .limit(limit)
}

function behind({ recordedAt, memberIndex, id }: DeadLetterPlace): SQL {
  const at = sql`${recordedAt.toISOString()}::timestamptz`
  return sql`(${deadLetters.recordedAt} < ${at} or (${deadLetters.recordedAt} = ${at}
    and (${POSITION}, ${deadLetters.id}) > (${memberIndex ?? 2147483647}::integer, ${id}::text)))`
}

/** Refusals of one source for one reason. Numbers in a path are left out: each member's third step is one place. */
export interface DeadLetterCount {
  source: string
  path: string
  message: string
  letters: number
  latestAt: Date
}

/** How often each source was refused and why, the most frequent first. */
export async function countDeadLetters(
  db: Db,
  filter: { source?: string | undefined; limit: number },
): Promise<DeadLetterCount[]> {
  const rows = await selectRows<{ source: string; path: string; message: string; letters: number; latest: number }>(
    db,
    sql`select source, regexp_replace(path, '\\[[0-9]+\\]', '[…]', 'g') as path, message,
          count(*)::float8 as letters, (extract(epoch from max(recorded_at)) * 1000)::float8 as latest
        from dead_letters where ${filter.source === undefined ? sql`true` : sql`source = ${filter.source}`}
        group by 1, 2, 3 order by letters desc, source, path, message limit ${filter.limit}`,
  )
  return rows.map(({ latest, ...row }) => ({ ...row, latestAt: new Date(latest) }))
}

/** The sources that have letters, by name. */
export async function listDeadLetterSources(db: Db): Promise<{ source: string; letters: number }[]> {
  return selectRows(db, sql`select source, count(*)::float8 as letters from dead_letters group by 1 order by 1`)
}

export async function deleteDeadLettersBefore(db: Db, before: Date): Promise<void> {
  await db.delete(deadLetters).where(lt(deadLetters.recordedAt, before))
}
