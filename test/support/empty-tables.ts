import { sql } from 'drizzle-orm'
import type { Db } from '../../src/store/client.ts'

/**
 * Empties every table and lets its numbers start again. A table that nothing was ever written to is left alone: a
 * truncate gives a table and each of its indexes a new file, which for all of them takes longer than most tests.
 */
export async function emptyTables(db: Db): Promise<void> {
  await db.execute(sql`do $$ declare names text; begin
    select string_agg(c.oid::regclass::text, ', ') into names from pg_class c
      where relnamespace = 'public'::regnamespace and relkind = 'r' and (
        pg_relation_size(c.oid) > 0 or reltuples >= 0 or exists (
          select from pg_depend d join pg_sequence on seqrelid = d.objid
          where d.refobjid = c.oid and d.deptype in ('a', 'i') and pg_sequence_last_value(seqrelid) is not null));
    if names is not null then execute 'truncate ' || names || ' restart identity'; end if; end $$`)
}
