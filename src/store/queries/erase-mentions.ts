import { type SQL, sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'

/** Holds the name, whatever its letter case. */
const mentions = (text: SQL, name: string): SQL => sql`strpos(lower(${text}), lower(${name})) > 0`

/**
 * Takes a name out of what is only kept for convenience: answers that were given (their buttons go stale), plans of threads,
 * refused bodies, annotations that may become overrides, stories that a model told, and what agents asked memory. Returns how many rows that were.
 */
export async function eraseMentions(tx: Db, name: string): Promise<number> {
  const [row] = await selectRows<{ rows: number }>(
    tx,
    sql`with answers as (
        delete from slack_answers where ${mentions(sql`question || ' ' || answer::text || ' ' || coalesce(asked_by, '')`, name)} returning 1
      ), plans as (
        delete from thread_plans where ${mentions(sql`plan::text`, name)} returning 1
      ), letters as (
        delete from dead_letters where ${mentions(sql`excerpt`, name)} returning 1
      ), annotations as (
        delete from override_candidates where ${mentions(sql`annotation::text`, name)} returning 1
      ), settlers as (
        update override_candidates set settled_by = 'erased person'
        where lower(settled_by) = lower(${name}) and not ${mentions(sql`annotation::text`, name)} returning 1
      ), stories as (
        delete from told_stories where ${mentions(sql`text`, name)} returning 1
      ), uses as (
        update memory_uses set asked = '{}' where ${mentions(sql`asked::text`, name)} returning 1
      ) select ((select count(*) from answers) + (select count(*) from plans) + (select count(*) from letters)
        + (select count(*) from annotations) + (select count(*) from settlers) + (select count(*) from stories)
        + (select count(*) from uses))::float8 as rows`,
  )
  return row?.rows ?? 0
}

/** Entries that still hold the name in somebody else's words: a person must look at them. */
export async function listMentions(db: Db, name: string, limit: number): Promise<string[]> {
  const rows = await selectRows<{ id: string }>(
    db,
    sql`select id from memory_entries where known_until is null and ${mentions(sql`title || ' ' || text`, name)}
      order by id limit ${limit}`,
  )
  return rows.map((row) => row.id)
}
