import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import type { TestProject } from 'vitest/node'
import { embeddedDatabase } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'

/** Migrates one embedded database and keeps it as a file: each test file loads that instead of running initdb. */
export default async function prepareSnapshot(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-snapshot-'))
  const path = join(folder, 'database.tar')
  const client = await PGlite.create({ extensions: { vector } })
  const database = await embeddedDatabase(client)
  await migrateDatabase(database)
  const dump = await client.dumpDataDir('none')
  writeFileSync(path, new Uint8Array(await dump.arrayBuffer()))
  await database.close()
  project.provide('databaseSnapshot', path)
  return () => rm(folder, { recursive: true, force: true })
}

declare module 'vitest' {
  export interface ProvidedContext {
    databaseSnapshot: string
  }
}
