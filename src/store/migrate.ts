import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator'
import { Problem } from '../domain/problem.ts'
import type { Database } from './client.ts'

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url))

/** Any number of processes may start at once: one migrates, the others wait on this lock and find nothing to do. */
const MIGRATION_LOCK = 7_364_291

/** Brings the schema up to date. Throws a Problem where pgvector is missing. */
export async function migrateDatabase(database: Database): Promise<void> {
  if (database.embedded) {
    await database.embedded.exec('create extension if not exists vector')
    const { drizzle } = await import('drizzle-orm/pglite')
    const { migrate } = await import('drizzle-orm/pglite/migrator')
    await migrate(drizzle(database.embedded), { migrationsFolder })
    return
  }
  const client = database.postgres!
  // The lock belongs to a session, so it is held on a connection of its own while the pool migrates.
  const connection = await client.reserve()
  try {
    await connection`select pg_advisory_lock(${MIGRATION_LOCK})`
    await connection`create extension if not exists vector`.catch((cause: unknown) => {
      throw new Problem('pgvector_missing', 'The database has no pgvector extension, or its user may not create it.', {
        nextStep:
          'Install pgvector 0.5 or newer (the pgvector/pgvector:pg17 image has it), or run "create extension vector" as superuser.',
        cause,
      })
    })
    await migratePostgres(drizzlePostgres(client), { migrationsFolder })
  } finally {
    await connection`select pg_advisory_unlock(${MIGRATION_LOCK})`
    connection.release()
  }
}

/**
 * Whether the connected user is one that may not change the schema, because another owns the tables. Throws a Problem
 * where the schema is not up to date: then the owner must migrate first.
 */
export async function isMigratedByOwner({ postgres: client }: Database): Promise<boolean> {
  const [table] = await client!<{ isOthers: boolean }[]>`
    select not pg_has_role(current_user, relowner, 'USAGE') as "isOthers" from pg_class
    where oid = to_regclass('overrides')`
  if (!table?.isOthers) return false
  const newest = readMigrationFiles({ migrationsFolder }).at(-1)!.folderMillis
  const [applied] = await client!<{ newest: string | null }[]>`
    select max(created_at)::text as newest from drizzle.__drizzle_migrations`
  if (Number(applied?.newest) < newest) {
    throw new Problem(
      'schema_outdated',
      'The database has an older schema, and the user of DATABASE_URL may not change it.',
      {
        nextStep:
          'Run "npm run docket -- migrate" with DATABASE_OWNER_URL set to a user that owns the tables, then start again.',
      },
    )
  }
  return true
}
