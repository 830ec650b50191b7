import { randomBytes } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import postgres from 'postgres'
import { type Database, embeddedDatabase, openPostgres } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'

/** A migrated database of its own, in memory or on the server, gone once closed; on a server `keep` keeps it under that name. */
export async function openScratchDatabase(url: string | undefined, keep?: string): Promise<Database> {
  if (url === undefined) {
    const opened = await embeddedDatabase(await PGlite.create({ extensions: { vector } }))
    await migrateDatabase(opened)
    return opened
  }
  const name = keep ?? `docket_bench_${randomBytes(6).toString('hex')}`
  const server = postgres(url, { max: 1, onnotice: () => {} })
  const [known] = await server`select 1 from pg_database where datname = ${name}`
  if (!known) await server`create database ${server(name)}`
  const target = new URL(url)
  target.pathname = `/${name}`
  const opened = await openPostgres(target.toString())
  await migrateDatabase(opened)
  return {
    ...opened,
    close: async () => {
      await opened.close()
      if (keep === undefined) await server.unsafe(`drop database ${name} with (force)`)
      await server.end()
    },
  }
}

/** An empty database with pgvector on the server, for what brings tables of its own. */
export async function createScratchUrl(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `docket_bench_${randomBytes(6).toString('hex')}`
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} })
  await server`create database ${server(name)}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.toString(),
    drop: async () => {
      await server.unsafe(`drop database ${name} with (force)`)
      await server.end()
    },
  }
}

/** The migrated database of that name on the server, made where it is not there yet. It stays when it is closed. */
export async function openKeptDatabase(url: string, name: string): Promise<{ database: Database; isNew: boolean }> {
  const server = postgres(url, { max: 1, onnotice: () => {} })
  const known = await server`select from pg_database where datname = ${name}`
  if (known.length === 0) await server`create database ${server(name)}`
  await server.end()
  const target = new URL(url)
  target.pathname = `/${name}`
  const database = await openPostgres(target.toString())
  await migrateDatabase(database)
  return { database, isNew: known.length === 0 }
}
