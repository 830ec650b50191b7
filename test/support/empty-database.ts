import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { type Database, embeddedDatabase, openPostgres } from '../../src/store/client.ts'
import { loadSnapshot } from './load-snapshot.ts'

/** An empty database without any schema, of the same kind as another. */
export async function openEmpty(like: Database): Promise<Database> {
  if (like.embedded) return embeddedDatabase(await loadSnapshot('empty'))
  const name = `docket_test_${randomBytes(6).toString('hex')}`
  const url = new URL(process.env.TEST_DATABASE_URL!)
  const server = postgres(url.toString(), { max: 1, onnotice: () => {} })
  await server.unsafe(`create database ${name}`)
  url.pathname = `/${name}`
  const opened = await openPostgres(url.toString())
  const close = async () => {
    await opened.close()
    await server.unsafe(`drop database ${name} with (force)`)
    await server.end()
  }
  return { ...opened, close }
}

/** Applies the first `count` migrations only: the schema as it was then. */
export async function migrateTo({ db, embedded }: Database, count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-migrations-'))
  await cp(join(import.meta.dirname, '../../drizzle'), folder, { recursive: true })
  const journal = join(folder, 'meta/_journal.json')
  const all = JSON.parse(await readFile(journal, 'utf8')) as { entries: unknown[] }
  await writeFile(journal, JSON.stringify({ ...all, entries: all.entries.slice(0, count) }))
  await db.execute(sql`create extension if not exists vector`)
  const migrate = (embedded ? migratePglite : migratePostgres) as (
    on: PgDatabase<never>,
    options: { migrationsFolder: string },
  ) => Promise<void>
  await migrate(db as never, { migrationsFolder: folder })
  await rm(folder, { recursive: true })
}
