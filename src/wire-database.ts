import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ALL_SCOPES } from './domain/access.ts'
import type { Config } from './runtime/config.ts'
import {
  type ApplicationRole,
  listChangeableRecords,
  prepareApplicationRole,
  withRole,
} from './store/application-role.ts'
import { type Database, openEmbedded, openPostgres } from './store/client.ts'
import { isMigratedByOwner, migrateDatabase } from './store/migrate.ts'
import { insertApiKey, listApiKeys } from './store/queries/api-keys.ts'

/** What keeps the records that stand in an audit from being changed by Docket itself. */
export interface RecordGuard {
  isGuarded: boolean
  /** One sentence, for the log and `/readyz`. */
  detail: string
}

export interface OpenedDatabase extends Database {
  /** For other clients of the same database, such as the queue: the same server, user and role. Null where embedded. */
  url: string | null
  records: RecordGuard
}

/** Opens the database that the settings name and brings it up to date. */
export async function openDatabase(config: Config, onStep: (step: string) => void = () => {}): Promise<OpenedDatabase> {
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl } = config
  onStep(url ? 'connecting to the database' : 'opening the embedded database')
  if (!url) {
    const database = await openEmbedded(config.DOCKET_DATA_DIR)
    await closingOnError(database, async () => {
      onStep('bringing the schema up to date')
      await migrateDatabase(database)
    })
    const detail =
      'append-only by triggers; whoever has the data folder can change them, and GET /api/audit/verify shows it'
    return { ...database, url: null, records: { isGuarded: true, detail } }
  }
  const owner = await openPostgres(ownerUrl ?? url, { connections: 2 })
  const role = await closingOnError(owner, async () => {
    if (await isMigratedByOwner(owner)) return { role: null }
    onStep('bringing the schema up to date')
    await migrateDatabase(owner)
    return prepareApplicationRole(owner.postgres!, ownerUrl ? loginOf(url) : undefined)
  })
  await owner.close()
  return openUnderRole(url, ownerUrl ? { role: null } : role)
}

/** Opens it under a role; where a pooler in between does not let one be set, without, and says so. */
async function openUnderRole(url: string, prepared: ApplicationRole | { role: null }): Promise<OpenedDatabase> {
  const role = 'role' in prepared ? prepared.role : null
  const wanted = role === null ? url : withRole(url, role)
  let problem = 'problem' in prepared ? prepared.problem : null
  const opened = await openPostgres(wanted).then(
    (database) => ({ database, url: wanted }),
    async (error: unknown) => {
      if (role === null) throw error
      problem = `the connection does not take the role ${role} (${error instanceof Error ? error.message : String(error)})`
      return { database: await openPostgres(url), url }
    },
  )
  const { user, tables } = await closingOnError(opened.database, () => listChangeableRecords(opened.database.postgres!))
  const isGuarded = tables.length === 0
  const detail = isGuarded
    ? `append-only: ${user} may only add to them`
    : `the database user ${user} may change ${tables.join(', ')}${problem ? `: ${problem}` : ''}; docs/memory.md ("Audit") says how to take that right away`
  return { ...opened.database, url: opened.url, records: { isGuarded, detail } }
}

async function closingOnError<Result>(database: Database, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    await database.close()
    throw error
  }
}

function loginOf(url: string): { user: string; password: string } {
  const { username, password } = new URL(url)
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) }
}

/** The file in which the embedded database's first key is kept. */
export function keyFile(config: Config): string {
  return join(config.DOCKET_DATA_DIR, 'key')
}

/** Makes the embedded database's first key and keeps it in its folder. Null where there are keys already. */
export async function makeFirstKey(database: Database, config: Config, now: Date): Promise<string | null> {
  if (!database.embedded || (await listApiKeys(database.db)).length > 0) return null
  const { key } = await insertApiKey(database.db, { name: 'first key', scopes: [...ALL_SCOPES] }, now)
  await writeFile(keyFile(config), `${key}\n`, { mode: 0o600 })
  return key
}
