import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ALL_SCOPES } from './domain/access.ts'
import type { Config } from './runtime/config.ts'
import { type Database, openEmbedded, openPostgres } from './store/client.ts'
import { migrateDatabase } from './store/migrate.ts'
import { insertApiKey, listApiKeys } from './store/queries/api-keys.ts'

/** Opens the database that the settings name and brings it up to date. */
export async function openDatabase(config: Config, onStep: (step: string) => void = () => {}): Promise<Database> {
  onStep(config.DATABASE_URL ? 'connecting to the database' : 'opening the embedded database')
  const database = config.DATABASE_URL
    ? await openPostgres(config.DATABASE_URL)
    : await openEmbedded(config.DOCKET_DATA_DIR)
  try {
    onStep('bringing the schema up to date')
    await migrateDatabase(database)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
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
