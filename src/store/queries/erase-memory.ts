import { type SQL, sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { INDEX_LOCK } from './save-memory-entries.ts'

/** Stands where a person's name stood. */
export const ERASED_PERSON = 'erased person'
/** Stands where a person's words stood. */
export const ERASED_TEXT = '(erased)'

export interface ErasedRow {
  workflow: string
  id: string
}

/**
 * Replaces name and reason in the person's overrides. What was decided, by which rule and in how long, stays. The database
 * does it by a function of its own, for Docket's role there may not change overrides.
 */
export const eraseOverrides = (tx: Db, actor: string, now: Date): Promise<(ErasedRow & Record<string, unknown>)[]> =>
  selectRows(tx, sql`select workflow, id from erase_overrides(${actor}, ${now.toISOString()}::timestamptz)`)

/** The person's name in the decisions they approved or rejected. */
export const eraseDeciders = (tx: Db, actor: string): Promise<(ErasedRow & Record<string, unknown>)[]> =>
  selectRows(tx, sql`select workflow, id from erase_deciders(${actor})`)

/** The person's name and words in decisions saved from Slack. */
export const eraseSavedDecisions = (tx: Db, actor: string): Promise<(ErasedRow & Record<string, unknown>)[]> =>
  selectRows(
    tx,
    sql`update saved_decisions set
        text = case when lower(actor) = lower(${actor}) then ${ERASED_TEXT} else text end,
        actor = case when lower(actor) = lower(${actor}) then ${ERASED_PERSON} else actor end,
        messages = (select coalesce(jsonb_agg(case when lower(message ->> 'author') = lower(${actor})
          then message || jsonb_build_object('author', ${ERASED_PERSON}::text, 'text', ${ERASED_TEXT}::text)
          else message end order by place), '[]') from jsonb_array_elements(messages) with ordinality as m(message, place))
      where lower(actor) = lower(${actor}) or exists (
        select 1 from jsonb_array_elements(messages) as message where lower(message ->> 'author') = lower(${actor}))
      returning workflow, id`,
  )

/** The person's name in outcomes. Returns their items, one row each. */
export const eraseResolvers = (tx: Db, actor: string): Promise<(ErasedRow & Record<string, unknown>)[]> =>
  selectRows(
    tx,
    sql`with erased as (
        update outcomes set resolved_by = ${ERASED_PERSON} where lower(resolved_by) = lower(${actor})
        returning workflow, work_item_id
      ) select distinct workflow, work_item_id as id from erased`,
  )

/**
 * Empties every version of the entries about the decisions, and about the runs and overrides of the items: text, words, vectors, and words of the vocabulary that
 * nobody else used. The entries are made again from what is left.
 */
export async function eraseMemoryVersions(
  tx: Db,
  decisions: readonly ErasedRow[],
  items: readonly ErasedRow[],
): Promise<void> {
  const listed = (rows: readonly ErasedRow[]): SQL =>
    sql`json_to_recordset(${JSON.stringify(rows.map(({ workflow, id }) => ({ workflow, id })))}::json) as listed(workflow text, id text)`
  const numbers = await selectRows<{ number: number }>(
    tx,
    sql`select number::float8 as number from memory_entries entry
      where (kind in ('override', 'run') and exists (select 1 from ${listed(items)}
          where listed.workflow = entry.workflow and listed.id = entry.work_item_id))
        or exists (select 1 from ${listed(decisions)}
          where entry.id in ('decision:' || listed.id, 'allocation:' || listed.workflow || ':' || listed.id))`,
  )
  if (numbers.length === 0) return
  const among = sql`(select value::int from json_array_elements_text(${JSON.stringify(numbers.map((row) => row.number))}::json))`
  await tx.execute(sql`select pg_advisory_xact_lock(${INDEX_LOCK})`)
  await tx.execute(sql`update memory_terms set entries = memory_terms.entries - gone.entries
    from (select word, count(*) as entries from memory_entries, unnest(words) as word where number in ${among} group by word) as gone
    where memory_terms.number = gone.word`)
  await tx.execute(sql`update memory_totals set entries = memory_totals.entries - gone.entries, words = memory_totals.words - gone.words
    from (select count(*) as entries, coalesce(sum(length), 0) as words from memory_entries
      where number in ${among} and cardinality(words) > 0) as gone`)
  await tx.execute(sql`delete from memory_postings posting using memory_entries entry
    where entry.number in ${among} and posting.word = any(entry.words) and posting.entry = entry.number`)
  await tx.execute(sql`delete from memory_terms where entries <= 0`)
  await tx.execute(sql`delete from memory_embeddings where entry in ${among}`)
  await tx.execute(sql`delete from told_stories story using memory_entries entry
    where entry.number in ${among} and story.entry = entry.id`)
  await tx.execute(sql`update memory_entries set title = ${ERASED_TEXT}, text = ${ERASED_TEXT}, actor = null, content_hash = '',
      length = 0, words = '{}', frequencies = '{}'
    where number in ${among}`)
}
