import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { Problem } from '../domain/problem.ts'
import { lockDataFolder } from './lock-data-folder.ts'
import { createSocketOpener } from './open-socket.ts'
import { prepareRepeated } from './prepare-repeated.ts'
import { releaseResults } from './release-results.ts'

/**
 * What queries take: a database or a transaction on it, Postgres or embedded alike.
 * Inside `db.transaction(async (tx) => …)` use only `tx`: the embedded database has one connection.
 */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>

export interface Database {
  db: Db
  /** The driver's own client, for what an ORM cannot say (COPY, LISTEN). Exactly one is set. */
  postgres: postgres.Sql | null
  embedded: PGlite | null
  /** `Postgres 17.2` or the like, for the log and /readyz. */
  description: string
  close(): Promise<void>
}

/**
 * Rows of a hand-written statement. Drivers differ in what they make of numbers and times, so cast in SQL:
 * counts and money to `float8`, instants to `text` or `extract(epoch …)`.
 */
export async function selectRows<Row extends Record<string, unknown>>(db: Db, statement: SQL): Promise<Row[]> {
  const result: unknown = await db.execute(statement)
  return Array.isArray(result) ? (result as Row[]) : (result as { rows: Row[] }).rows
}

/** Opens the Postgres at `url`. Throws a Problem where it cannot be reached or lacks what Docket needs. */
export async function openPostgres(url: string, options: { connections?: number } = {}): Promise<Database> {
  const client = postgres(url, {
    max: options.connections ?? 10,
    onnotice: () => {},
    // Poolers such as PgBouncer refuse connection parameters beyond these.
    connection: { application_name: 'docket', TimeZone: 'UTC' },
    connect_timeout: 10,
    // An option that the driver's types leave out.
    ...({ socket: createSocketOpener() } as object),
  })
  try {
    const [version] = await client<{ number: string; text: string }[]>`
      select current_setting('server_version_num') as number, current_setting('server_version') as text`
    if (Number(version?.number) < 150_000) {
      throw new Problem('database_too_old', `DATABASE_URL is Postgres ${version?.text}; Docket needs 15 or newer.`)
    }
    return {
      db: drizzlePostgres(releaseResults(prepareRepeated(client))) as unknown as Db,
      postgres: client,
      embedded: null,
      description: `Postgres ${version?.text}`,
      close: () => client.end({ timeout: 5 }),
    }
  } catch (cause) {
    await client.end({ timeout: 0 })
    if (cause instanceof Problem) throw cause
    throw new Problem(
      'database_unreachable',
      `Cannot reach the database at ${withoutPassword(url)}: ${reasonOf(cause)}.`,
      {
        nextStep: 'Check DATABASE_URL and that the server is up, or unset it to use the embedded database.',
        cause,
      },
    )
  }
}

/**
 * Opens (and first creates) the embedded database in `dataDirectory`, holding its lock until closed. What it consists of is loaded here: a
 * process on Postgres spares the memory.
 */
export async function openEmbedded(dataDirectory: string): Promise<Database> {
  await mkdir(dataDirectory, { recursive: true })
  const unlock = await lockDataFolder(dataDirectory)
  try {
    const [{ PGlite }, { vector }] = await Promise.all([
      import('@electric-sql/pglite'),
      import('@electric-sql/pglite-pgvector'),
    ])
    const client = await PGlite.create({ dataDir: join(dataDirectory, 'database'), extensions: { vector } })
    return embeddedDatabase(client, unlock)
  } catch (cause) {
    await unlock()
    throw new Problem(
      'database_unreadable',
      `Cannot open the embedded database in ${dataDirectory}: ${reasonOf(cause)}.`,
      {
        nextStep: 'Move that folder away to start afresh, or set DOCKET_DATA_DIR to another one.',
        cause,
      },
    )
  }
}

/** Wraps a PGlite that the caller made (tests load theirs from a snapshot). */
export async function embeddedDatabase(
  client: PGlite,
  afterClose: () => Promise<void> = async () => {},
): Promise<Database> {
  const { drizzle } = await import('drizzle-orm/pglite')
  await client.exec("set time zone 'UTC'")
  const version = await client.query<{ text: string }>("select current_setting('server_version') as text")
  return {
    db: drizzle(client) as unknown as Db,
    postgres: null,
    embedded: client,
    description: `embedded Postgres ${version.rows[0]?.text}`,
    close: async () => {
      await client.close()
      await afterClose()
    },
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  // Node's connection errors may be an AggregateError without a message of its own.
  const code = (cause as { code?: string }).code
  return cause.message || code || cause.name
}

function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url)
    if (parsed.password) parsed.password = '…'
    return parsed.toString()
  } catch {
    return 'DATABASE_URL (not a valid URL)'
  }
}
