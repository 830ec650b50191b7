import type postgres from 'postgres'

/** Tables whose rows stand in an audit: Docket adds to them and reads them, and changes nothing. */
export const RECORD_TABLES = ['overrides', 'rules', 'allocation_decisions', 'audit_entries'] as const

/** Creators of roles and grants in one database take turns on this lock. */
const ROLE_LOCK = 7_364_295
const INSUFFICIENT_PRIVILEGE = '42501'
/** The queue's schema, which the queue makes and changes by itself. */
const QUEUE_SCHEMA = 'docket_queue'

/** A role that may be used, or why there is none. */
export type ApplicationRole = { role: string } | { problem: string }

/**
 * Makes the role under which Docket works on this database, where the connected user may: it owns what Docket changes,
 * and may only add to and read the records. `login` is the user that Docket connects as, where that is another than the one
 * connected here; without it a role for SET ROLE is made. Safe to call at every start, by any number of processes at once.
 */
export async function prepareApplicationRole(
  client: postgres.Sql,
  login?: { user: string; password: string },
): Promise<ApplicationRole> {
  const [connected] = await client<{ user: string }[]>`select session_user as user`
  const role = login?.user ?? `${connected!.user}_app`
  try {
    await client.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${ROLE_LOCK})`
      await createRole(tx, role, login?.password ?? null)
      await grantRights(tx, role)
    })
    return { role }
  } catch (error) {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error
    const reason = error instanceof Error ? error.message : String(error)
    return { problem: `the database user ${connected!.user} could not set up the role ${role} (${reason})` }
  }
}

async function createRole(tx: postgres.TransactionSql, role: string, password: string | null): Promise<void> {
  const [known] = await tx`select 1 from pg_roles where rolname = ${role}`
  if (!known) {
    const [statement] = await tx<{ text: string }[]>`select case when ${password}::text is null
      then format('create role %I nologin', ${role}::text)
      else format('create role %I login password %L', ${role}::text, ${password}::text) end as text`
    // Roles belong to the server: another database's Docket may be making the same one.
    await tx
      .savepoint((point) => point.unsafe(statement!.text))
      .catch((error: { code?: string }) => {
        if (error.code !== '42710' && error.code !== '23505') throw error
      })
  }
  const [member] = await tx<{ is: boolean }[]>`select pg_has_role(session_user, ${role}, 'MEMBER') as is`
  if (!member?.is) await tx`grant ${tx(role)} to ${tx((await tx`select session_user as user`)[0]!.user as string)}`
}

/** Nothing is altered that is right already, for altering a table waits for whoever uses it. */
async function grantRights(tx: postgres.TransactionSql, role: string): Promise<void> {
  const statements = await tx<{ text: string }[]>`
    with app as (select oid, rolname from pg_roles where rolname = ${role}),
    named as (
      select class.oid, class.relname, class.relowner, class.relnamespace, class.oid::regclass::text as name, nspname
      from pg_class class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p') and nspname in (current_schema(), ${QUEUE_SCHEMA}, 'drizzle')
    ),
    record as (select named.* from named where nspname = current_schema() and relname = any(${[...RECORD_TABLES]}))
    select format('grant usage, create on schema %I to %I', current_schema(), rolname) as text
      from app where not has_schema_privilege(oid, current_schema(), 'CREATE')
    union all select format('grant create on database %I to %I', current_database(), rolname)
      from app where not has_database_privilege(oid, current_database(), 'CREATE')
    union all select format('grant usage on schema drizzle to %I; grant select on all tables in schema drizzle to %I', rolname, rolname)
      from app where exists (select 1 from named where nspname = 'drizzle' and not has_table_privilege(app.oid, named.oid, 'SELECT'))
    union all select format('alter schema %I owner to %I', nspname, rolname)
      from app, pg_namespace where nspname = ${QUEUE_SCHEMA} and nspowner <> app.oid
    union all select format('alter table %s owner to %I', name, rolname)
      from app, named where relowner <> app.oid and nspname <> 'drizzle' and named.oid not in (select oid from record)
    union all select format('alter routine %s owner to %I', routine.oid::regprocedure, rolname)
      from app, pg_proc routine join pg_namespace on pg_namespace.oid = pronamespace
      where nspname = ${QUEUE_SCHEMA} and proowner <> app.oid
    union all select format('alter type %s owner to %I', type.oid::regtype, rolname)
      from app, pg_type type join pg_namespace on pg_namespace.oid = typnamespace
      where nspname = ${QUEUE_SCHEMA} and typowner <> app.oid and typtype = 'e'
    union all select format('alter table %s owner to %I', name, session_user) from app, record where relowner = app.oid
    union all select format('revoke all on %s from %I; grant select, insert on %s to %I', name, rolname, name, rolname)
      from app, record where relowner = app.oid or not has_table_privilege(app.oid, record.oid, 'INSERT')
        or has_table_privilege(app.oid, record.oid, 'UPDATE') or has_table_privilege(app.oid, record.oid, 'DELETE')
        or has_table_privilege(app.oid, record.oid, 'TRUNCATE') or has_table_privilege(app.oid, record.oid, 'TRIGGER')
    union all select format('grant execute on function %s to %I', routine.oid::regprocedure, rolname)
      from app, pg_proc routine
      where pronamespace = current_schema()::regnamespace and prosecdef and not has_function_privilege(app.oid, routine.oid, 'EXECUTE')`
  for (const { text } of statements) await tx.unsafe(text)
}

/** Which records the connected role could change, by its rights or as their owner. None on a database that is set up well. */
export async function listChangeableRecords(client: postgres.Sql): Promise<{ user: string; tables: string[] }> {
  const [row] = await client<{ user: string; tables: string[] }[]>`
    select current_user as user, coalesce(array_agg(relname::text order by relname) filter (where
      pg_has_role(current_user, relowner, 'USAGE') or has_table_privilege(pg_class.oid, 'UPDATE')
      or has_table_privilege(pg_class.oid, 'DELETE') or has_table_privilege(pg_class.oid, 'TRUNCATE')), '{}') as tables
    from pg_class where relnamespace = current_schema()::regnamespace and relname = any(${[...RECORD_TABLES]})`
  return { user: row!.user, tables: row!.tables }
}

/** The same database under a role: both of its drivers send `options` when they connect. */
export function withRole(url: string, role: string): string {
  const parsed = new URL(url)
  const options = parsed.searchParams.get('options')
  const quoted = role.replace(/[\\\s]/g, (character) => `\\${character}`)
  parsed.searchParams.set('options', `${options ? `${options} ` : ''}-c role=${quoted}`)
  return parsed.toString()
}
