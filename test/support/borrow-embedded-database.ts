import { type Database, embeddedDatabase } from '../../src/store/client.ts'
import { emptyTables } from './empty-tables.ts'
import { loadSnapshot } from './load-snapshot.ts'

/** The database that no suite of this worker uses now. */
let idle: Lent | null = null

interface Lent {
  client: Awaited<ReturnType<typeof loadSnapshot>>
  /** What its catalogue held when it was loaded. */
  catalogue: string
}

/**
 * A migrated embedded database, empty, that is given back when it is closed: loading one takes longer than most suites.
 * A suite that changed the schema for good takes its database with it.
 */
export async function borrowEmbeddedDatabase(): Promise<Database> {
  const lent = idle ?? (await open())
  idle = null
  // Wrapped anew for each suite, as Docket remembers things by its `Db`: the partitions that it has made, for one.
  const database = await embeddedDatabase(lent.client)
  const close = async () => {
    await restore(database)
    if (idle === null && (await readCatalogue(lent.client)) === lent.catalogue) idle = lent
    else await lent.client.close()
  }
  return { ...database, close }
}

async function open(): Promise<Lent> {
  const client = await loadSnapshot('migrated')
  return { client, catalogue: await readCatalogue(client) }
}

/** Takes away what suites add in the course of their work: rows, partitions, indexes of models, the queue, settings. */
async function restore({ db, embedded }: Database): Promise<void> {
  await embedded!.exec('discard all')
  await embedded!.exec(`do $$ declare name text; begin
    for name in select inhrelid::regclass::text from pg_inherits where inhparent = 'trace_parts'::regclass loop
      execute 'drop table ' || name;
    end loop;
    for name in select oid::regclass::text from pg_class where relname ~ '^memory_embeddings_[0-9a-f]{32}$' loop
      execute 'drop index ' || name;
    end loop; end $$;
    drop schema if exists docket_queue cascade`)
  await emptyTables(db)
  await embedded!.exec('delete from pg_statistic')
}

/**
 * Every row of the catalogue that says what tables, functions and roles are, by the transaction that wrote it; for
 * tables and triggers, whose rows also change with what a table holds or is asked for a moment, what they say.
 */
async function readCatalogue(client: Lent['client']): Promise<string> {
  const tables = ['attribute', 'attrdef', 'constraint', 'index', 'proc', 'type', 'extension', 'policy', 'rewrite']
  const others = ['authid', 'auth_members', 'db_role_setting', 'statistic_ext']
  const rows = [
    ...[...tables, ...others].map(
      (name) => `select '${name}' as kind, xmin::text || ' ' || ctid::text as row from pg_${name}`,
    ),
    `select 'class', relname || ' ' || oid || ' ' || coalesce(reloptions::text, '') from pg_class where relpersistence <> 't'`,
    `select 'trigger', pg_get_triggerdef(oid) || tgenabled::text from pg_trigger`,
    // The first temporary table makes schemas that stay.
    `select 'namespace', nspname from pg_namespace where nspname !~ '^pg_(toast_)?temp_'`,
  ]
  const { rows: found } = await client.query<{ digest: string }>(
    `select md5(string_agg(kind || row, ',' order by kind, row)) as digest from (${rows.join(' union all ')}) as c`,
  )
  return found[0]!.digest
}
