import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest'
import { type Database, embeddedDatabase, openPostgres } from '../../src/store/client.ts'
import { borrowEmbeddedDatabase } from './borrow-embedded-database.ts'
import { emptyTables } from './empty-tables.ts'
import { loadSnapshot } from './load-snapshot.ts'

/** A migrated embedded database of its own, in memory. */
export async function createEmbeddedDatabase(): Promise<Database> {
  return embeddedDatabase(await loadSnapshot('migrated'))
}

/** A migrated database of its own on the server of TEST_DATABASE_URL, dropped when closed. */
export async function createPostgresDatabase(serverUrl: string): Promise<Database> {
  const name = `docket_test_${randomBytes(6).toString('hex')}`
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} })
  await server.unsafe(`create database ${name} template ${inject('databaseTemplate')}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const database = await openPostgres(url.toString())
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
  const kinds: [string, () => Promise<Database>][] = [['embedded', borrowEmbeddedDatabase]]
  if (serverUrl) kinds.push(['postgres', () => createPostgresDatabase(serverUrl)])
  describe.each(kinds)(`${title} (%s)`, (_kind, create) => {
    let database: Database
    beforeAll(async () => {
      database = await create()
    })
    beforeEach(() => emptyTables(database.db))
    afterAll(() => database?.close())
    suite(() => database)
  })
}
