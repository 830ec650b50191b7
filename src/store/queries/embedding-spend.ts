import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'

/** What embedding has taken of a day's budget, over all processes. */
export interface EmbeddingSpend {
  /** Of the UTC day that was asked for. */
  tokens: number
  /** Until when the endpoint asked to be left alone. */
  pausedUntil: Date | null
}

const MARKER = 'embedding_spend'

/**
 * Adds to the day's tokens, unless they would then be more than `most` (null: no limit); a new UTC day begins at nothing. One
 * statement, so that processes at once never take more together. Returns whether they were taken.
 */
export async function takeEmbeddingTokens(
  db: Db,
  { day, tokens, most }: { day: string; tokens: number; most: number | null },
): Promise<boolean> {
  if (most !== null && tokens > most) return false
  const rows = await selectRows(
    db,
    sql`insert into markers as marker (name, value, updated_at)
      values (${MARKER}, jsonb_build_object('day', ${day}::text, 'tokens', ${tokens}::int), now())
      on conflict (name) do update set updated_at = now(), value = marker.value || jsonb_build_object('day', ${day}::text,
        'tokens', ${tokens}::int + case when marker.value ->> 'day' = ${day} then (marker.value ->> 'tokens')::bigint else 0 end)
      where ${most}::bigint is null or marker.value ->> 'day' is distinct from ${day}
        or (marker.value ->> 'tokens')::bigint + ${tokens}::int <= ${most}::bigint
      returning name`,
  )
  return rows.length > 0
}

/** Corrects what was taken by an estimate, once the endpoint said what it was; nothing where the day is over. */
export async function correctEmbeddingTokens(db: Db, day: string, difference: number): Promise<void> {
  if (difference === 0) return
  await db.execute(sql`update markers set value = value || jsonb_build_object('tokens',
      greatest((value ->> 'tokens')::bigint + ${Math.trunc(difference)}::int, 0))
    where name = ${MARKER} and value ->> 'day' = ${day}`)
}

/** Notes until when the endpoint is to be left alone, whichever process asks. */
export async function pauseEmbedding(db: Db, until: Date): Promise<void> {
  const value = sql`jsonb_build_object('pausedUntil', ${until.toISOString()}::text)`
  await db.execute(sql`insert into markers as marker (name, value, updated_at) values (${MARKER}, ${value}, now())
    on conflict (name) do update set value = marker.value || ${value}, updated_at = now()`)
}

export async function readEmbeddingSpend(db: Db, day: string): Promise<EmbeddingSpend> {
  const [row] = await selectRows<{ tokens: number; pausedUntil: string | null }>(
    db,
    sql`select case when value ->> 'day' = ${day} then (value ->> 'tokens')::float8 else 0 end as tokens,
        value ->> 'pausedUntil' as "pausedUntil" from markers where name = ${MARKER}`,
  )
  return { tokens: row?.tokens ?? 0, pausedUntil: row?.pausedUntil ? new Date(row.pausedUntil) : null }
}
