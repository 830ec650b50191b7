import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { embeddedDatabase } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'

const project = resolve(import.meta.dirname, '../..')
const cache = join(project, 'node_modules/.cache/docket-databases')
const PARTIAL = 'partial-'

/** Where the embedded database lies as initdb leaves it, and migrated. */
export interface Snapshots {
  /** Archives, to be loaded into memory. */
  empty: string
  migrated: string
  /** The migrated one's data directory, to be copied. */
  folder: string
}

/** Makes the databases once for each state of what they are made of; later runs find them. */
export async function makeSnapshots(): Promise<Snapshots> {
  const name = await nameOfState()
  const place = join(cache, name)
  if (!existsSync(place)) {
    await mkdir(cache, { recursive: true })
    const partial = await mkdtemp(join(cache, PARTIAL))
    await fill(snapshotsIn(partial))
    // Renamed when whole: another run never finds half of it, and may have been quicker.
    try {
      await rename(partial, place)
    } catch (error) {
      if (!existsSync(place)) throw error
      await rm(partial, { recursive: true })
    }
    await removeOthers(name)
  }
  return snapshotsIn(place)
}

async function fill({ empty, migrated, folder }: Snapshots): Promise<void> {
  const client = await PGlite.create({ dataDir: folder, extensions: { vector } })
  await writeFile(empty, (await client.dumpDataDir('none')).stream())
  await migrateDatabase(await embeddedDatabase(client))
  await writeFile(migrated, (await client.dumpDataDir('none')).stream())
  await client.close()
}

/** Those of other states are of no use any more; what another run is making now is left alone. */
async function removeOthers(name: string): Promise<void> {
  const others = (await readdir(cache)).filter((other) => other !== name && !other.startsWith(PARTIAL))
  for (const other of others) await rm(join(cache, other), { recursive: true, force: true })
}

const snapshotsIn = (place: string): Snapshots => ({
  empty: join(place, 'empty.tar'),
  migrated: join(place, 'migrated.tar'),
  folder: join(place, 'database'),
})

/** A digest of the migrations, of the code that runs them, and of the versions of the database. */
async function nameOfState(): Promise<string> {
  const migrations = await readdir(join(project, 'drizzle'), { recursive: true, withFileTypes: true })
  const files = [
    ...migrations.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
    ...['src/store/migrate.ts', 'test/support/make-snapshots.ts', 'package-lock.json'].map((name) =>
      join(project, name),
    ),
  ]
  const digest = createHash('sha256')
  for (const file of files.sort()) digest.update(file).update(await readFile(file))
  return digest.digest('hex').slice(0, 16)
}
