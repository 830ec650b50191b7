import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'

/** What questions join: planned blindly, a question over some thousand items takes a hundred times as long. */
const TABLES = ['run_facts', 'work_items', 'outcomes', 'overrides', 'unpacked_items', 'item_days']

/**
 * Gathers statistics of the tables of facts that have grown by a third since it was last done. The embedded database never does it by
 * itself, a server only after a minute or more, which is long after a first import. Not within a transaction.
 */
export async function analyzeGrownTables(db: Db): Promise<void> {
  const grown = await selectRows<{ name: string }>(
    db,
    sql`select relname as name from pg_class
        where relnamespace = current_schema()::regnamespace and relkind = 'r'
          and relname in (select json_array_elements_text(${JSON.stringify(TABLES)}::json))
          and pg_relation_size(oid) / current_setting('block_size')::int > 8 + relpages * 4.0 / 3
        order by relname`,
  )
  for (const { name } of grown) await db.execute(sql`analyze ${sql.identifier(name)}`)
}
