import { randomBytes } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest'
import { type Database, embeddedDatabase, openPostgres } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'

/** A migrated embedded database of its own, in memory. */
export async function createEmbeddedDatabase(): Promise<Database> {
  const client = await PGlite.create({
    extensions: { vector },
    loadDataDir: await openAsBlob(inject('databaseSnapshot')),
  })
  return embeddedDatabase(client)
}

/** A migrated database of its own on the server of TEST_DATABASE_URL, dropped when closed. */
export async function createPostgresDatabase(serverUrl: string): Promise<Database> {
  const name = `docket_test_${randomBytes(6).toString('hex')}`
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} })
  await server.unsafe(`create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const database = await openPostgres(url.toString())
  await migrateDatabase(database)
  return {
    ...database,
    close: async () => {
      await database.close()
      await server.unsafe(`drop database ${name} with (force)`)
      await server.end()
    },
  }
}

/**
 * Runs a suite on the embedded database and, where TEST_DATABASE_URL names a server, on that too. Every table is
 * emptied before each test.
 */
export function describeWithDatabase(title: string, suite: (database: () => Database) => void): void {
  const serverUrl = process.env.TEST_DATABASE_URL
  const kinds: [string, () => Promise<Database>][] = [['embedded', createEmbeddedDatabase]]
  if (serverUrl) kinds.push(['postgres', () => createPostgresDatabase(serverUrl)])
  describe.each(kinds)(`${title} (%s)`, (_kind, create) => {
    let database: Database
    beforeAll(async () => {
      database = await create()
    })
    beforeEach(() => emptyTables(database))
    afterAll(() => database?.close())
    suite(() => database)
  })
}

async function emptyTables({ db }: Database): Promise<void> {
  await db.execute(`do $$ declare names text; begin
    select string_agg(format('%I.%I', schemaname, tablename), ', ') into names from pg_tables where schemaname = 'public';
    if names is not null then execute 'truncate ' || names || ' restart identity'; end if; end $$`)
}
